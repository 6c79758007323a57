/** The means of an estimate: a few calls to Astria, and the prices that were cached within a day. */
import type { Context } from '../context.ts';
import { type Place, type Scope, scopeIn } from '../scope.ts';
import { MAX_LIMIT } from '../upstream/client.ts';
import { TooManyCalls } from '../upstream/errors.ts';
import { type Known, ofSamples, type Sample } from './estimate.ts';

export const MAX_CALLS = 3;

export interface Look {
  context: Context;
  /** The scope to read from. It covers all workspaces if the caller may use all. Its number of calls is limited. */
  scope: Scope;
}

/** `place` is the workspace of the new thing. A caller who is bound to workspaces learns nothing from others. */
export function lookFrom(context: Context, place: Place): Look {
  const calls = context.calls.within(MAX_CALLS);
  const own = { ...context, calls, scopes: new Map() };
  return { context, scope: scopeIn(own, context.caller.workspaces ? place : 'all') };
}

interface History<Paid extends Sample> {
  /** The kind of the rows. */
  kind: string;
  /** Selects the rows to read if no price is cached. */
  filter: object;
  /** Reads the rows below an id, newest first, and records their prices. */
  page(before: number): Promise<readonly { id: number }[]>;
  isAlike(paid: Paid): boolean;
}

/**
 * Estimates by what was paid for the same. Returns undefined if nothing was. If no price is cached, it reads one page after the
 * other until a page has one.
 */
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
    // A page that does not continue is the last one, or breaks the contract.
    if (last === 0 || last >= before) break;
    before = last;
  }
  return ofSamples(alike());
}

export const below = (id: number) => ({
  limit: MAX_LIMIT,
  ...(Number.isFinite(id) && { before_id: id }),
});

/** Returns undefined if the estimate would need more calls than it may make. */
export function orUntold(error: unknown): undefined {
  if (error instanceof TooManyCalls) return undefined;
  throw error;
}
