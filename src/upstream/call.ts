/** A call to Astria, as the functions of `rest.ts` describe it. */
import type * as z from 'zod';
import type { CallLog } from './call-log.ts';
import type { Reach } from './credential.ts';
import type { CallSubject, RowNames } from './errors.ts';
import type { Query } from './path.ts';

/** A write says which rows it names, if only that it names none: callers who are bound to workspaces name their own. */
export type Call<Schema extends z.ZodType> = CallOfAnyKind<Schema> &
  ({ method?: 'GET' } | { method: 'POST' | 'PATCH' | 'DELETE'; names: RowNames });

interface CallOfAnyKind<Schema extends z.ZodType> extends CallSubject, Reach {
  /** A template: `/tunes/:id`. */
  path: string;
  query?: Query;
  /** Under Rails' root key: `{ tune: { … } }`. Sent as JSON, or as a multipart form if it contains a `StreamedFile`. */
  body?: object;
  response: Schema;
  /** The timeout, if this call may take longer than others. */
  patienceMs?: number;
  /** Sends a multipart form even without a file, because Astria documents the endpoint for forms only. */
  isForm?: boolean;
}

/** The operation that a call is made for. */
export interface Asking {
  /** Aborts reads that nobody waits for any more. A write is never aborted once it has begun. */
  signal?: AbortSignal;
  /** Counts the operation's calls, and limits them. */
  calls?: CallLog;
}

export const nameOf = ({ method = 'GET', path }: Call<z.ZodType>) => ({ method, route: path });
