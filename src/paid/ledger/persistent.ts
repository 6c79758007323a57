import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger, Made } from './ledger.ts';

const AGAIN_MS = 250;
/** What is tried again at the same time. More fails than is ever paid for; the rest is looked for when it is asked again. */
const MAX_OPEN = 10_000;

/**
 * The same ledger, which does not let go of what came of a write: where that cannot be noted, whoever waits is told so, and it
 * is tried again until it is. All of it may be done twice. Otherwise a refusal would not free its key, for a day.
 */
export function persistent(ledger: Ledger): Ledger {
  /** By the entry: the last that is known of it counts. */
  const open = new Map<string, () => Promise<unknown>>();
  let isTrying = false;
  let isClosed = false;

  async function tryAll() {
    for (const [id, note] of open) {
      await note();
      if (open.get(id) === note) open.delete(id);
    }
  }

  async function tryOn() {
    if (isTrying) return;
    isTrying = true;
    while (open.size > 0 && !isClosed) {
      await sleep(AGAIN_MS, undefined, { ref: false });
      await tryAll().catch(() => {});
    }
    isTrying = false;
  }

  async function noted<Result>(id: string, note: () => Promise<Result>): Promise<Result> {
    open.delete(id);
    try {
      return await note();
    } catch (error) {
      if (open.size < MAX_OPEN) open.set(id, note);
      void tryOn();
      throw error;
    }
  }

  return {
    async begin(intent) {
      // What is asked for now may be what is still to be noted.
      await tryAll();
      return ledger.begin(intent);
    },
    sent: (id, files) => ledger.sent(id, files),
    done: (id: string, made: Made, priced) => noted(id, () => ledger.done(id, made, priced)),
    free: (id) => noted(id, () => ledger.free(id)),
    lost: (id) => noted(id, () => ledger.lost(id)),
    claim: (id, found) => ledger.claim(id, found),
    reserve: (id, reservation) => ledger.reserve(id, reservation),
    spending: (budgets) => ledger.spending(budgets),
    takeDue: (limit) => ledger.takeDue(limit),
    told: (id, job, costMc) => ledger.told(id, job, costMc),
    check: () => ledger.check(),
    async close() {
      isClosed = true;
      await tryAll().catch(() => {});
      await ledger.close();
    },
    get warnings() {
      return ledger.warnings;
    },
    get waits() {
      return ledger.waits;
    },
  };
}
