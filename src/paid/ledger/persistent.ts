import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger, Made } from './ledger.ts';

const AGAIN_MS = 250;
/** The most results that are kept for a retry. The result of a write beyond them is searched for when its key is used again. */
const MAX_OPEN = 10_000;

/**
 * A ledger that retries the recording of results until it succeeds. The caller gets the first failure. Without this, a refusal
 * would not free its key for a day. Recording twice does no harm.
 */
export function persistent(ledger: Ledger): Ledger {
  /** Keyed by entry. The last known state counts. */
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
      // The requested entry may be one that is still to be recorded.
      await tryAll();
      return ledger.begin(intent);
    },
    sent: (id, files) => ledger.sent(id, files),
    done: (id: string, made: Made, then) => noted(id, () => ledger.done(id, made, then)),
    free: (id) => noted(id, () => ledger.free(id)),
    lost: (id) => noted(id, () => ledger.lost(id)),
    claim: (id, found, recipient) => ledger.claim(id, found, recipient),
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
    get outbox() {
      return ledger.outbox;
    },
    get warnings() {
      return ledger.warnings;
    },
    get waits() {
      return ledger.waits;
    },
  };
}
