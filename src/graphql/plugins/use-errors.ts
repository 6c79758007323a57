import type { Plugin } from 'graphql-yoga';
import { type Report, toClientError } from '../errors.ts';

/** Every error of every answer, whichever step it comes from, is told as `toClientError` says. */
export const useErrors = (report: Report): Plugin => ({
  onResultProcess({ result, setResult }) {
    if (!('errors' in result) || !result.errors?.length) return;
    const errors = result.errors.map((error) => toClientError(error, report));
    setResult({ ...result, errors });
  },
});
