import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Config } from '../../config.ts';
import { type Report, toClientError, withoutSuggestions } from '../../graphql/client-errors.ts';
import type { Incoming } from '../incoming.ts';

/** Every error of every answer, those of a batch too, whichever step it comes from, is told as `toClientError` says. */
export const useErrors = (report: Report, { introspection }: Config): Plugin<object, Incoming> => ({
  onResultProcess({ serverContext: { requestId }, result }) {
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
