/**
 * Identical queries in flight are run once, and all who ask get the bytes of one answer. It knows nothing of GraphQL but
 * whether a document is a query.
 */
import type { ServerResponse } from 'node:http';
import type { GraphQLParams } from 'graphql-yoga';
import { SingleFlight } from '../upstream/single-flight.ts';
import type { Answer } from './answer.ts';
import type { Incoming } from './incoming.ts';
import { isStream } from './media-type.ts';

interface CoalescerOptions {
  /** Of what a client has sent, whatever that is. */
  isQuery(params: GraphQLParams): boolean;
  /** How many writes are over: nobody joins what was begun before the last of them. */
  writes(): number;
}

export function createCoalescer({ isQuery, writes }: CoalescerOptions) {
  const flights = new SingleFlight<Answer | undefined>();

  return {
    /**
     * All that an answer depends on, and who may see it; undefined where it is not to be shared. What an answer differs by
     * besides is decided before, or set on each response after: the request id, CORS.
     */
    keyOf(incoming: Incoming, authorization = ''): string | undefined {
      const { mediaType, workspaceId = '', wantsReport, mediaBase = '', params, asked } = incoming;
      if (isStream(mediaType) || !params || ![params].flat().every(isQuery)) return undefined;
      // No header holds a line end.
      const key = [writes(), authorization, workspaceId, wantsReport, mediaBase, mediaType, asked];
      return key.join('\n');
    },

    /** Undefined where all have left before it began. `begin` is told when the last one who waits has left. */
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
