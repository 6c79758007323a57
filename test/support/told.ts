import type { LedgerClock } from '../../src/paid/ledger/ledger.ts';

/** A clock that Astria's agrees with. */
export const told = ({ now }: { now(): number } = { now: Date.now }): LedgerClock => ({
  now: () => now(),
  bounds: () => ({ earliest: now(), latest: now() }),
});
