import type { CallEntry, CallLog } from '../call-log.ts';
import type { CallName } from '../errors.ts';
import type { Received } from './exchange.ts';

export type Headers = Record<string, string>;

/** What to send, and where. */
export interface Errand {
  name: CallName;
  /** The path, with its query. */
  path: string;
  headers: Headers;
  /** Who calls, where a key alone does not tell. */
  owner?: string | undefined;
  /** The client's address, if it is a stranger: it then takes slots of the strangers at that address. */
  stranger?: string | undefined;
  body?: object;
  isForm?: boolean;
  /** The timeout of this call, as in `Call`. */
  patienceMs?: number | undefined;
}

/** The operation for which a call is sent. */
export interface Sake {
  /** Aborts the call. */
  signal?: AbortSignal;
  calls?: CallLog;
  /** The call's own entry in `calls`. */
  entry?: CallEntry;
  /** How much of the timeout has already passed. */
  spentMs?: number;
}

export interface AstriaAnswer extends Received {
  /** Whether it came before the whole body had gone. */
  isCut: boolean;
}

/** How an attempt ended. */
export type Ending =
  | { answer: AstriaAnswer; thrown?: undefined }
  | { answer?: undefined; thrown: unknown };
