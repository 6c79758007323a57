import type { Plugin } from 'graphql-yoga';
import type { Config } from '../../config.ts';
import { requestIdOf } from '../../watch/request-id.ts';
import { type Report, toClientError, withoutSuggestions } from '../client-errors.ts';

/** Every error of every answer, whichever step it comes from, is told as `toClientError` says. */
export const useErrors = (report: Report, { introspection }: Config): Plugin => ({
  onResultProcess({ request, result, setResult }) {
    if (!('errors' in result) || !result.errors?.length) return;
    const requestId = requestIdOf(request.headers.get('x-request-id'));
    const errors = result.errors.map((error) =>
      toClientError(introspection ? error : withoutSuggestions(error), report, requestId),
    );
    setResult({ ...result, errors });
  },
});
