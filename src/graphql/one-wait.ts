import type { ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { Runner } from '../execution/compile.ts';
import type { CallEstimate } from './cost/estimate.ts';
import { badRequest } from './errors.ts';

/** Allows one waiting field in an operation, and none in a batch, because it holds up the whole request. */
export const withOneWait =
  <Answer>(execute: Runner<Answer>, { waits }: CallEstimate): Runner<Answer | ExecutionResult> =>
  (context, variables) => {
    if (waits > 1) return { errors: [tooMany(waits)] };
    const { operations } = context as Context;
    return waits === 1 && operations > 1
      ? { errors: [inBatch(operations)] }
      : execute(context, variables);
  };

const tooMany = (found: number) =>
  badRequest(
    `The operation waits ${found} times (\`waitFor\`, \`inspectVideo\`), but may wait only once: pass all ids to one \`waitFor\`, and inspect each video in its own operation.`,
    { name: 'waits', max: 1, found },
  );

const inBatch = (found: number) =>
  badRequest(
    'An operation of a batch may not wait (`waitFor`, `inspectVideo`): send it in a request of its own.',
    {
      name: 'waitsInBatch',
      max: 0,
      found,
    },
  );
