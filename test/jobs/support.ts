/** Time that passes as fast as those who wait for it let it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FrozenClock, frozenClock } from '../../src/emulator/clock.ts';
import { globalId } from '../../src/graphql/ids.ts';
import { NOW, startGateway, type TestGatewayOptions } from '../support/gateway.ts';

/** No look is further away; the end of a stream is. */
const LONGEST_GAP_MS = 60_000;

/** A clock that knows what it will wake, and how often it was asked to. */
function knowingClock() {
  const clock = frozenClock(NOW);
  const pending = new Set<{ moment: number }>();
  let asked = 0;
  const knowing: FrozenClock = {
    ...clock,
    wakeAt(moment, run) {
      asked++;
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
  return { clock: knowing, next, pending, asked: () => asked };
}

export async function startJobs(options: TestGatewayOptions = {}) {
  const { clock, next, pending, asked } = knowingClock();
  const gateway = await startGateway({ ...options, clock });
  let handled = 0;

  /**
   * From alarm to alarm until it has come: whatever waits sets one when it has done what there was to do. Answers with how
   * many milliseconds have passed.
   */
  async function passUntil(coming: Promise<unknown>): Promise<number> {
    const began = clock.now();
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    coming.then(over, over);
    for (;;) {
      while (!isOver && (asked() === handled || next() > clock.now() + LONGEST_GAP_MS))
        await sleep(2);
      if (isOver) return clock.now() - began;
      handled = asked();
      clock.advance(Math.max(0, next() - clock.now()));
    }
  }

  return { ...gateway, clock, passUntil, pending };
}

export const promptId = (id: number) => globalId('Prompt', id);
export const tuneId = (id: number) => globalId('Tune', id);

/** A moment of the test's day. */
export const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
