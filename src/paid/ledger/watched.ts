import type { LedgerAct, LedgerCall } from '../../observe/watch.ts';
import type { Ledger } from './ledger.ts';

/** Returns the same ledger. `onCall` is called for each operation. */
export function watchLedger(ledger: Ledger, onCall: (call: LedgerCall) => void): Ledger {
  async function watched<Result>(act: LedgerAct, doing: Promise<Result>): Promise<Result> {
    const begunMs = performance.now();
    const over = (error?: unknown) => onCall({ act, ms: performance.now() - begunMs, error });
    doing.then(() => over(), over);
    return doing;
  }
  return {
    begin: (intent) => watched('begin', ledger.begin(intent)),
    sent: (id, files) => watched('sent', ledger.sent(id, files)),
    done: (id, made, then) => watched('done', ledger.done(id, made, then)),
    free: (id) => watched('free', ledger.free(id)),
    lost: (id) => watched('lost', ledger.lost(id)),
    claim: (id, found, recipient) => watched('claim', ledger.claim(id, found, recipient)),
    reserve: (id, reservation) => watched('reserve', ledger.reserve(id, reservation)),
    spending: (budgets) => watched('spending', ledger.spending(budgets)),
    takeDue: (limit) => watched('takeDue', ledger.takeDue(limit)),
    told: (id, job, costMc) => watched('told', ledger.told(id, job, costMc)),
    check: () => watched('check', ledger.check()),
    close: () => ledger.close(),
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
