import type { ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import type { Operations } from '../../graphql/operations.ts';
import { isEvents } from '../event-stream.ts';
import type { Incoming } from '../incoming.ts';
import { isStream } from '../media-type.ts';

type QueryContext = Context & YogaInitialContext & Incoming;

/** Says what caches may keep of an answer to a query in an address. Where it says nothing they keep nothing: `secure`. */
export function useCaching(operations: Operations): Plugin<object, Incoming> {
  const policies = new WeakMap<Request, string>();
  return {
    onExecute({ args }) {
      const asked = args.contextValue as QueryContext;
      const { request, wantsReport, mediaType, params } = asked;
      // A report tells of this one time.
      if (request.method !== 'GET' || isStream(mediaType) || wantsReport) return undefined;
      return {
        onExecuteDone({ result }) {
          if (isEvents(result) || (result as ExecutionResult).errors) return;
          const { isForAll = false } = operations.askedBy(params) ?? {};
          policies.set(request, isForAll ? policyForAll(asked) : OWN);
        },
      };
    },
    onResponse({ request, response }) {
      const policy = policies.get(request);
      if (policy) response.headers.set('Cache-Control', policy);
      // Yoga lets a stream be kept, and asked for each time.
      else response.headers.delete('Cache-Control');
    },
  };
}

/** Kept by the caller's own cache alone, and asked for each time by its ETag. */
const OWN = 'private, no-cache';

function policyForAll({ caller, freshness, mediaBase }: QueryContext): string {
  const seconds = Math.floor(freshness.seconds ?? 0);
  // Who is bound may see less than others; pictures of ours are named by the address at which we were asked.
  const isOwn = caller.workspaces !== undefined || mediaBase !== undefined;
  return isOwn || seconds < 1 ? OWN : `public, max-age=${seconds}`;
}
