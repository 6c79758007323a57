/** The ledger in a file keeps what both ledgers promise. */
import { onTestFinished } from 'vitest';
import { openSqliteLedger } from '../../../src/paid/ledger/sqlite.ts';
import { keepsItsPromises } from './promises.ts';
import { newPath } from './support.ts';

keepsItsPromises(async () => {
  const path = await newPath();
  return async (clock) => {
    const ledger = await openSqliteLedger(path, clock);
    onTestFinished(() => ledger.close());
    return ledger;
  };
});
