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
    done: async (id, made) => (await opened()).done(id, made),
    free: async (id) => (await opened()).free(id),
    lost: async (id) => (await opened()).lost(id),
    claim: async (id, found) => (await opened()).claim(id, found),
    check: async () => (await opened()).check(),
    close: async () => (await opening)?.close(),
  };
}
