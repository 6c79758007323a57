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
    done: async (id, made, then) => (await opened()).done(id, made, then),
    free: async (id) => (await opened()).free(id),
    lost: async (id) => (await opened()).lost(id),
    claim: async (id, found, recipient) => (await opened()).claim(id, found, recipient),
    reserve: async (id, reservation) => (await opened()).reserve(id, reservation),
    spending: async (budgets) => (await opened()).spending(budgets),
    takeDue: async (limit) => (await opened()).takeDue(limit),
    told: async (id, job, costMc) => (await opened()).told(id, job, costMc),
    outbox: {
      lead: async (process) => (await opened()).outbox.lead(process),
      resign: async (process) => (await opening)?.outbox.resign(process),
      after: async (seq, limit) => (await opened()).outbox.after(seq, limit),
      note: async (id, state) => (await opened()).outbox.note(id, state),
      remove: async (id) => (await opened()).outbox.remove(id),
    },
    check: async () => (await opened()).check(),
    close: async () => (await opening)?.close(),
  };
}
