import type { ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import type { Operations } from '../../graphql/operations.ts';
import { isEvents } from '../event-stream.ts';
import type { Incoming } from '../incoming.ts';
import { isStream } from '../media-type.ts';

type QueryContext = Context & YogaInitialContext & Incoming;

/** Sets `Cache-Control` for the answer to a GET. Without it the answer is not stored: `secure`. */
export function useCaching(operations: Operations): Plugin<object, Incoming> {
  const policies = new WeakMap<Request, string>();
  return {
    onExecute({ args }) {
      const asked = args.contextValue as QueryContext;
      const { request, wantsReport, mediaType, params } = asked;
      // A report describes this one run.
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
      // yoga lets caches store a stream and revalidate it.
      else response.headers.delete('Cache-Control');
    },
  };
}

/** Only the client's own cache may store the answer, and must revalidate it by its ETag. */
const OWN = 'private, no-cache';

function policyForAll({ caller, freshness, mediaBase }: QueryContext): string {
  const seconds = Math.floor(freshness.seconds ?? 0);
  // A caller who is bound to workspaces may see less than others. Our addresses of pictures depend on the host of the request.
  const isOwn = caller.workspaces !== undefined || mediaBase !== undefined;
  return isOwn || seconds < 1 ? OWN : `public, max-age=${seconds}`;
}
