import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type Report, toClientError, withoutSuggestions } from '../../graphql/client-errors.ts';
import { withinInput } from '../../graphql/input-fields.ts';
import { isEvents } from '../event-stream.ts';
import type { Incoming } from '../incoming.ts';

interface ErrorsOptions {
  introspection: boolean;
  schema: GraphQLSchema;
}

/** Passes every error of every answer through `toClientError`, including those of batches. */
export function useErrors(
  report: Report,
  { introspection, schema }: ErrorsOptions,
): Plugin<Incoming, Incoming> {
  const tell = (result: ExecutionResult, requestId: string) => {
    if (!result.errors?.length) return;
    const errors = result.errors.map((error) => {
      const known = introspection ? error : withoutSuggestions(error);
      return withinInput(toClientError(known, report, requestId), schema);
    });
    // Changed in place, because `useWatch` recognizes results by identity.
    Object.assign(result, { errors });
  };
  return {
    onSubscribe: ({ args: { contextValue } }) => ({
      onSubscribeResult: () => ({
        onNext: ({ result }) => tell(result, (contextValue as Incoming).requestId),
      }),
    }),
    onResultProcess({ serverContext: { requestId }, result }) {
      if (isEvents(result)) return;
      for (const one of [result].flat() as ExecutionResult[]) tell(one, requestId);
    },
  };
}
