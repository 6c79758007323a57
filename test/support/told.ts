import type { LedgerClock } from '../../src/ledger/ledger.ts';

/** A clock as Astria would tell it. */
export const told = ({ now }: { now(): number } = { now: Date.now }): LedgerClock => ({
  now: () => now(),
  isTold: true,
});
