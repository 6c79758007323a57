import type { Ledger } from '../../src/paid/ledger/ledger.ts';

/** A ledger that is opened when something is first asked of it: its thread takes longer to begin than most tests, which ask nothing. */
export function lateLedger(open: () => Promise<Ledger>): Ledger {
  let opening: Promise<Ledger> | undefined;
  const opened = () => {
    opening ??= open();
    return opening;
  };
  return {
    warnings: [],
    waits: 0,
    begin: async (intent) => (await opened()).begin(intent),
    sent: async (id, files) => (await opened()).sent(id, files),
    done: async (id, made, priced) => (await opened()).done(id, made, priced),
    free: async (id) => (await opened()).free(id),
    lost: async (id) => (await opened()).lost(id),
    claim: async (id, found) => (await opened()).claim(id, found),
    reserve: async (id, reservation) => (await opened()).reserve(id, reservation),
    spending: async (budgets) => (await opened()).spending(budgets),
    takeDue: async (limit) => (await opened()).takeDue(limit),
    told: async (id, job, costMc) => (await opened()).told(id, job, costMc),
    check: async () => (await opened()).check(),
    close: async () => (await opening)?.close(),
  };
}
