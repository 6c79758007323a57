import type { CallEntry, CallLog } from '../call-log.ts';
import type { CallName } from '../errors.ts';
import type { Received } from './exchange.ts';

export type Headers = Record<string, string>;

/** What is to be sent, and where. */
export interface Errand {
  name: CallName;
  /** With its query. */
  path: string;
  headers: Headers;
  /** Who calls, where a key alone does not tell. */
  owner?: string | undefined;
  /** The address of one whose key Astria has not accepted yet, or who has none: its places are those of strangers there. */
  stranger?: string | undefined;
  body?: object;
  isForm?: boolean;
  /** As in a call. */
  patienceMs?: number | undefined;
}

/** For whom it is sent. */
export interface Sake {
  /** Ends it. */
  signal?: AbortSignal;
  calls?: CallLog;
  /** Its own in `calls`. */
  entry?: CallEntry;
  /** What of its time has passed already. */
  spentMs?: number;
}

export interface AstriaAnswer extends Received {
  /** Whether it came before the whole body had gone. */
  isCut: boolean;
}

/** A try that is over, either way. */
export type Ending =
  | { answer: AstriaAnswer; thrown?: undefined }
  | { answer?: undefined; thrown: unknown };
