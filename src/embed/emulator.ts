/** The emulator for tests of programs that use the gateway. */
import * as z from 'zod';
import type { AccountAccess } from '../emulator/access.ts';
import type { CallbackFault } from '../emulator/callback-faults.ts';
import { frozenClock } from '../emulator/clock.ts';
import type { Fault } from '../emulator/faults.ts';
import { DEMO_KEY } from '../emulator/seed-studio.ts';
import { type LoggedRequest, startEmulator as start } from '../emulator/serve.ts';

export interface EmulatorOptions {
  /** Any free port if left out or 0. */
  port?: number | undefined;
  /** The address to listen on: 127.0.0.1 if left out. */
  host?: string | undefined;
  /** Whether the account of `key` has rows: a studio's tunes, prompts and packs. They are there if left out. */
  seed?: boolean | undefined;
  /** The factor by which prompts and tunes are done faster: 1 if left out. */
  speed?: number | undefined;
  /** The moment at which time stands until `advance` is called. Time runs if left out. */
  frozenAt?: Date | undefined;
  /** Called with what was sent and is not known to Astria. Warns on the console if left out. */
  report?: ((line: string) => void) | undefined;
}

/** Astria in memory, on a port of its own. */
export interface Emulator {
  /** Its address, for `astriaBaseUrl`. */
  readonly url: string;
  /** The key of an account with rows. Any other key that begins with `sd_` opens an empty account. */
  readonly key: string;
  /** The requests that came, in order: the newest ten thousand. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** Gives direct access to the rows of an account. The first use of a key opens the account. */
  account(key: string): AccountAccess;
  /** Moves time forward, and does what falls due. Throws if time runs by itself. */
  advance(ms: number): void;
  /** Makes the next requests fail, those that the fault describes. */
  fail(fault: Fault): void;
  /** Makes the next callbacks fail. */
  failCallback(fault: CallbackFault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const Options = z.strictObject({
  port: z
    .int('must be a whole number from 0 to 65535')
    .min(0, 'must be a whole number from 0 to 65535')
    .max(65_535, 'must be a whole number from 0 to 65535')
    .optional(),
  host: z.string('must be a host name or an address').min(1).optional(),
  seed: z.boolean('must be true or false').optional(),
  speed: z.number('must be a number above 0').positive('must be a number above 0').optional(),
  frozenAt: z.date('must be a valid Date').optional(),
  report: z
    .custom<(line: string) => void>((value) => typeof value === 'function', 'must be a function')
    .optional(),
});

/** Starts an emulator of Astria on a free port. Rejects if an option has a fault, or the port is taken. */
export async function startEmulator(given: EmulatorOptions = {}): Promise<Emulator> {
  const { frozenAt, ...options } = checked(given);
  const clock = frozenAt && frozenClock(frozenAt);
  const { url, requests, account, ...emulator } = await start({
    ...options,
    ...(clock && { clock }),
  });
  return {
    ...{ url, key: DEMO_KEY, requests, account },
    clearRequests: emulator.clearRequests,
    advance(ms) {
      if (!clock) throw new Error('Time runs by itself: start the emulator with frozenAt.');
      if (!(ms >= 0)) throw new RangeError('Time goes forward: give advance 0 ms or more.');
      clock.advance(ms);
    },
    fail: emulator.fail,
    failCallback: emulator.failCallback,
    clearFaults: emulator.clearFaults,
    close: emulator.close,
  };
}

function checked(given: EmulatorOptions) {
  const { data, error } = Options.safeParse(given);
  if (data) return data;
  const faults = error.issues.map(({ code, path, message, ...issue }) =>
    code === 'unrecognized_keys'
      ? `${(issue as unknown as { keys: string[] }).keys.join(', ')} is no option: there are ${Object.keys(Options.shape).join(', ')}`
      : `${path.join('.')} ${message}`,
  );
  throw new TypeError(faults.join('\n'));
}
