/**
 * Runs identical queries in flight once, and gives all requests the bytes of one answer. It knows nothing of GraphQL but
 * whether a document is a query.
 */
import type { ServerResponse } from 'node:http';
import type { GraphQLParams } from 'graphql-yoga';
import { SingleFlight } from '../upstream/single-flight.ts';
import type { Answer } from './answer.ts';
import type { Incoming } from './incoming.ts';
import { isStream } from './media-type.ts';

interface CoalescerOptions {
  /** Returns whether the parameters, which may be anything, are a query. */
  isQuery(params: GraphQLParams): boolean;
  /** The number of completed writes. A request does not join a query that began before the last write. */
  writes(): number;
}

export function createCoalescer({ isQuery, writes }: CoalescerOptions) {
  const flights = new SingleFlight<Answer | undefined>();

  return {
    /**
     * Returns a key with everything that an answer depends on, and who may see it. Returns undefined if the answer must not be
     * shared. What is not in the key is decided earlier, or set on each response later: the request id, CORS.
     */
    keyOf(incoming: Incoming, authorization = ''): string | undefined {
      const { mediaType, workspaceId = '', wantsReport, mediaBase = '', params, asked } = incoming;
      if (isStream(mediaType) || !params || ![params].flat().every(isQuery)) return undefined;
      // A line end separates the parts, because no header contains one.
      const key = [writes(), authorization, workspaceId, wantsReport, mediaBase, mediaType, asked];
      return key.join('\n');
    },

    /** Returns undefined if all clients left before the work began. The signal of `begin` aborts when the last one leaves. */
    async answer(
      key: string,
      client: ServerResponse,
      begin: (signal: AbortSignal) => Promise<Answer | undefined>,
    ): Promise<Answer | undefined> {
      if (client.destroyed) return undefined;
      const { result, leave } = flights.join(key, begin);
      client.once('close', leave);
      return result;
    },
  };
}
