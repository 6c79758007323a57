/** What an estimate may look at: a few calls, and what was learned within a day. */
import type { Context } from '../context.ts';
import { type Place, type Scope, scopeIn } from '../scope.ts';
import { MAX_LIMIT } from '../upstream/client.ts';
import { TooManyCalls } from '../upstream/errors.ts';
import { type Known, ofSamples, type Sample } from './estimate.ts';

export const MAX_CALLS = 3;

export interface Look {
  context: Context;
  /** Where it reads: everywhere, for those who may; with all that it may ask, and no more. */
  scope: Scope;
}

/** `place` is where the thing would be made. Who may use some workspaces only learns nothing of the others. */
export function lookFrom(context: Context, place: Place): Look {
  const calls = context.calls.within(MAX_CALLS);
  const own = { ...context, calls, scopes: new Map() };
  return { context, scope: scopeIn(own, context.caller.workspaces ? place : 'all') };
}

interface History<Paid extends Sample> {
  /** Of rows. */
  kind: string;
  /** Which of them are read, where none is known. */
  filter: object;
  /** Those below an id, newest first; noted by whoever reads them. */
  page(before: number): Promise<readonly { id: number }[]>;
  isAlike(paid: Paid): boolean;
}

/** By what was paid for the same; undefined where nothing was. Where none is known, pages are read, one after the other, until one has some. */
export async function byHistory<Paid extends Sample>(
  { scope }: Look,
  { kind, filter, page, isAlike }: History<Paid>,
): Promise<Known | undefined> {
  const memory = scope.memory();
  const alike = () => memory.samples<Paid>(kind).filter(isAlike);
  let before = Number.POSITIVE_INFINITY;
  while (alike().length === 0) {
    const name = `${kind} ${JSON.stringify(filter)} below ${before}`;
    if (!memory.isInVain(name)) {
      const rows = await page(before).catch(orUntold);
      if (!rows) break;
      memory.learn(name, rows.at(-1)?.id ?? 0);
    }
    const last = memory.fact(name) ?? 0;
    // A page that does not go on is the end, or out of contract.
    if (last === 0 || last >= before) break;
    before = last;
  }
  return ofSamples(alike());
}

export const below = (id: number) => ({
  limit: MAX_LIMIT,
  ...(Number.isFinite(id) && { before_id: id }),
});

/** What would take more calls than an estimate has stays untold. */
export function orUntold(error: unknown): undefined {
  if (error instanceof TooManyCalls) return undefined;
  throw error;
}
