import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Config } from '../../config.ts';
import { requestIdOf } from '../../watch/request-id.ts';
import { type Report, toClientError, withoutSuggestions } from '../client-errors.ts';

/** Every error of every answer, those of a batch too, whichever step it comes from, is told as `toClientError` says. */
export const useErrors = (report: Report, { introspection }: Config): Plugin => ({
  onResultProcess({ request, result }) {
    const requestId = requestIdOf(request.headers.get('x-request-id'));
    for (const one of [result].flat() as ExecutionResult[]) {
      if (!one.errors?.length) continue;
      const errors = one.errors.map((error) =>
        toClientError(introspection ? error : withoutSuggestions(error), report, requestId),
      );
      // In place: `useWatch` knows a result by being the same.
      Object.assign(one, { errors });
    }
  },
});
