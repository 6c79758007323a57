import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Deadline } from './deadline.ts';
import { encodeMultipart, holdsFile } from './multipart.ts';

/** A request body on its way to Astria. */
export interface Outgoing {
  /** Undefined if there is no body. */
  contentType: string | undefined;
  content: string | Readable | undefined;
  /** Returns whether a body with files ended early. Astria cannot act on a part of one. */
  isCut(): boolean;
  /** Returns what the sender of the files did wrong, or why it stopped. It is not Astria's fault. */
  failure(): { error: unknown } | undefined;
}

/** Encodes a body as JSON, or as multipart/form-data if it has a file or the endpoint demands a form. */
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

  /** Runs the timeout only while Astria is waited for: from each chunk until it wants the next one, and after the last. */
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
    // undici takes any async iterable, with back-pressure, but its types only know streams.
    content: paced() as unknown as Readable,
    isCut: () => !isSent,
    failure: () => failure,
  };
}
