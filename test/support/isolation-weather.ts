/** How Astria is while it is asked: slow, so that calls overlap, and at times broken. */
import type { Fault } from '../../src/emulator/faults.ts';
import type { Random } from '../../src/emulator/random.ts';
import type { Emulator } from '../../src/emulator/serve.ts';

const OF_READS: readonly Fault[] = [
  { status: 503, times: 2 },
  { status: 429, retryAfter: 1 },
  { broken: 'reset' },
  { broken: 'halfway' },
  { broken: 'cut-json', times: 2 },
];

const OF_WRITES: readonly Fault[] = [
  { status: 503 },
  { broken: 'reset' },
  // The write takes effect, and its answer is lost.
  { broken: 'cut-json' },
  { status: 504, afterWrite: true },
  { broken: 'reset', afterWrite: true },
];

/** Enough for the calls of a wave. */
const SPELLS = 800;
const WRITES = 150;

/** A wave's faults, each used up by the calls it is meant for, in their order. */
export function setWeather(emulator: Emulator, random: Random, isRough: boolean) {
  emulator.clearFaults();
  const isBroken = () => isRough && random.below(5) === 0;
  for (let spell = 0; spell < SPELLS; spell++) {
    const latencyMs = random.below(4);
    emulator.fail({ method: 'GET', latencyMs, times: 1 + random.below(5) });
    if (isBroken()) emulator.fail({ ...random.pick(OF_READS), method: 'GET', latencyMs });
  }
  for (let write = 0; write < WRITES; write++) {
    for (const method of ['PATCH', 'POST', 'DELETE']) {
      // They take longer to be made than to be told, so that reads are begun meanwhile.
      emulator.fail({
        ...(isBroken() && random.pick(OF_WRITES)),
        method,
        latencyMs: random.below(25),
      });
    }
  }
}
