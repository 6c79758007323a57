import { type ExecutionArgs, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { forbidden } from '../../graphql/errors.ts';

/** Refuses mutations of callers that may only read. */
export const useRoles = (): Plugin<Context> => ({
  onExecute({ args, setResultAndStopExecution }) {
    if (isRefused(args)) setResultAndStopExecution({ errors: [MAY_ONLY_READ()] });
  },
});

const MAY_ONLY_READ = () =>
  forbidden('You may read only: a mutation needs a key, or a token, with the role `write`.');

function isRefused({ document, operationName, contextValue }: ExecutionArgs): boolean {
  const { caller } = contextValue as Context;
  if (caller.role === 'write') return false;
  return getOperationAST(document, operationName)?.operation === 'mutation';
}
