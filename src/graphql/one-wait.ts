import type { ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { Runner } from '../execution/compile.ts';
import type { Estimate } from './cost/estimate.ts';
import { badRequest } from './errors.ts';

/** An operation that waits holds the whole of its request: so it waits for one thing, and is not in a batch. */
export const withOneWait =
  <Answer>(execute: Runner<Answer>, { waits }: Estimate): Runner<Answer | ExecutionResult> =>
  (context, variables) => {
    if (waits > 1) return { errors: [tooMany(waits)] };
    const { operations } = context as Context;
    return waits === 1 && operations > 1
      ? { errors: [inBatch(operations)] }
      : execute(context, variables);
  };

const tooMany = (found: number) =>
  badRequest(
    `The operation waits ${found} times (\`waitFor\`), where it may once: give all ids to one.`,
    { name: 'waits', max: 1, found },
  );

const inBatch = (found: number) =>
  badRequest('An operation of a batch may not wait (`waitFor`): send it in a request of its own.', {
    name: 'waitsInBatch',
    max: 0,
    found,
  });
