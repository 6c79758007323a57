/** Time that passes as fast as those who wait for it let it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type FrozenClock, frozenClock } from '../../src/emulator/clock.ts';
import { globalId } from '../../src/graphql/ids.ts';
import type { Observer } from '../../src/observe/watch.ts';
import { NOW, startGateway, type TestGatewayOptions } from '../support/gateway.ts';

/** No look is further away; the end of a stream is. */
const LONGEST_GAP_MS = 60_000;

/** A clock that knows what it will wake. */
function knowingClock(clock = frozenClock(NOW)) {
  const pending = new Set<{ moment: number }>();
  const knowing: FrozenClock = {
    ...clock,
    wakeAt(moment, run) {
      const alarm = { moment };
      pending.add(alarm);
      const cancel = clock.wakeAt(moment, () => {
        pending.delete(alarm);
        run();
      });
      return () => {
        pending.delete(alarm);
        cancel();
      };
    },
  };
  const next = () => Math.min(...[...pending].map(({ moment }) => moment));
  return { clock: knowing, next, pending };
}

export async function startJobs(options: TestGatewayOptions = {}) {
  const { clock, next, pending } = knowingClock(options.clock);
  let underWay = 0;
  const calls: Observer = {
    onCall() {
      underWay++;
      return { headers: {}, over: () => void underWay-- };
    },
  };
  const watchers = (log: Logger) => [calls, ...(options.watchers?.(log) ?? [])];
  const gateway = await startGateway({ ...options, clock, watchers });

  /** Nothing is done any more but what waits for time: all that needs no answer of Astria's is done within a turn. */
  async function quiet() {
    do await sleep(3);
    while (underWay > 0);
    await sleep(3);
  }

  /** From alarm to alarm until it has come. Answers with how many milliseconds have passed. */
  async function passUntil(coming: Promise<unknown>): Promise<number> {
    const began = clock.now();
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    coming.then(over, over);
    for (;;) {
      await quiet();
      if (isOver) return clock.now() - began;
      if (next() <= clock.now() + LONGEST_GAP_MS) clock.advance(Math.max(0, next() - clock.now()));
    }
  }

  /** Changes a prompt again and again. Each change is told before the next one. */
  async function changeOften(id: number, times: number) {
    for (let change = 1; change <= times; change++) {
      gateway.account.updatePrompt(id, { updated_at: at(change) });
      clock.advance(4000);
      await quiet();
    }
  }

  /** Changes a prompt so that it has failed, and lets that be told. */
  async function fail(id: number) {
    gateway.account.updatePrompt(id, { user_error: 'no', updated_at: at(-600) });
    gateway.account.updatePrompt(id, { trained_at: at(1) });
    clock.advance(60_000);
    await quiet();
  }

  return { ...gateway, clock, passUntil, quiet, pending, changeOften, fail };
}

export const promptId = (id: number) => globalId('Prompt', id);
export const tuneId = (id: number) => globalId('Tune', id);

/** A moment of the test's day. */
export const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
