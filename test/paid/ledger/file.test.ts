/** The ledger in a file keeps what both ledgers promise. */
import { onTestFinished } from 'vitest';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { keepsMoney } from './money.ts';
import { keepsOutbox, leasesByTheClock } from './outbox.ts';
import { keepsItsPromises, type Open } from './promises.ts';
import { newPath } from './support.ts';

const store = async (): Promise<Open> => {
  const path = await newPath();
  return async (clock) => {
    const ledger = await openSqliteLedger(path, clock);
    onTestFinished(() => ledger.close());
    return ledger;
  };
};

keepsItsPromises(store);
keepsMoney(store);
keepsOutbox(store);
leasesByTheClock(store);
