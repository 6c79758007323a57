import type { Logger } from 'pino';
import { Outage } from '../../observe/outage.ts';
import type { Watch } from '../../observe/watch.ts';
import type { Ledger } from './ledger.ts';
import { persistent } from './persistent.ts';
import { watchLedger } from './watched.ts';

interface Observers {
  log: Logger;
  /** Undefined if metrics and logs are off. */
  watch?: Pick<Watch, 'onLedger'> | undefined;
}

/** Returns the ledger so that its callers get each failure, and the log gets each outage once. */
export function observedLedger(ledger: Ledger, { log, watch }: Observers): Ledger {
  const outage = new Outage(log, 'the ledger of paid writes');
  return persistent(
    watchLedger(ledger, (call) => {
      watch?.onLedger(call);
      if (call.error === undefined) outage.worked();
      else outage.failed(call.error);
    }),
  );
}
