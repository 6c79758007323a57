import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Deadline } from './deadline.ts';
import { encodeMultipart, holdsFile } from './multipart.ts';

/** A body on its way to Astria. */
export interface Outgoing {
  /** Undefined where there is no body. */
  contentType: string | undefined;
  content: string | Readable | undefined;
  /** Only of a body with files, which takes its time; Astria cannot act on a part of one. */
  isCut(): boolean;
  /** What those who send the files did wrong, or why they stopped. It is no fault of Astria's. */
  failure(): { error: unknown } | undefined;
}

/** JSON, or multipart/form-data where there is a file in it, or where nothing else will do. */
export function outgoingOf(
  { body, isForm }: { body?: object; isForm?: boolean },
  deadline: Deadline,
): Outgoing {
  if (body && (isForm || holdsFile(body))) return streamed(body, deadline);
  return {
    contentType: body && 'application/json',
    content: body && JSON.stringify(body),
    isCut: () => false,
    failure: () => undefined,
  };
}

function streamed(body: object, deadline: Deadline): Outgoing {
  const boundary = `astria-graphql-${randomUUID()}`;
  let isSent = false;
  let failure: { error: unknown } | undefined;

  /** Time runs for Astria alone: from each piece handed over until it wants the next, and when it has all. */
  async function* paced() {
    deadline.pause();
    try {
      for await (const chunk of encodeMultipart(body, boundary)) {
        deadline.restart();
        yield chunk;
        deadline.pause();
      }
      isSent = true;
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      deadline.restart();
    }
  }

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    // undici takes any async iterable, with back-pressure; its types know of streams only.
    content: paced() as unknown as Readable,
    isCut: () => !isSent,
    failure: () => failure,
  };
}
