import type { Context } from '../context.ts';
import type { Place } from '../scope.ts';
import type { Recipient } from './ledger/outbox.ts';

/** Returns the caller if its webhook is to be told what its write becomes. */
export const recipientOf = ({ caller }: Context, place: Place): Recipient | undefined =>
  caller.hasWebhook ? { caller: caller.name, place } : undefined;
