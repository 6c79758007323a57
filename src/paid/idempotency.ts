/** Idempotency keys: their form, what they identify, and when they are refused. */
import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { InputBuilder } from '../graphql/builder.ts';
import { refuse } from '../graphql/rules.ts';
import { Upload } from '../graphql/upload.ts';
import type { Place } from '../scope.ts';
import { accountOf } from './account.ts';

/** The input field of every mutation that costs money. */
export const idempotencyField = (t: InputBuilder) =>
  t.string({
    description:
      'A unique name for this request, 1 to 255 printable characters, such as a UUID. A retry with the same name within 24 hours is not made and paid for again: its answer is the object that the first request made, in its current state. Files are compared too. After `outcome: UNKNOWN` a retry tells the outcome.',
  });

export interface Keyed {
  idempotencyKey?: string | null;
}

interface MaxCost {
  maxCost?: string | null;
}

const PRINTABLE = /^\P{C}{1,255}$/u;
const PATH = ['input', 'idempotencyKey'];

/**
 * Returns the ledger's keys: hashes of the idempotency key with its owner. So two callers never share one, nor does one caller
 * with two accounts. The first hash uses Astria's key, as version 0.1 did: the same two keys are the same request, whatever
 * Astria says about the account.
 */
export async function keysOf(context: Context, { idempotencyKey }: Keyed): Promise<string[]> {
  if (idempotencyKey == null) return [];
  if (!PRINTABLE.test(idempotencyKey)) {
    refuse([{ path: PATH, message: 'must be 1 to 255 printable characters' }]);
  }
  const { caller, credential } = context;
  const accounts = await accountOf(context);
  return [sha256(credential.token ?? ''), ...accounts.map((account) => ({ account }))].map(
    (whose) => keyOf(caller.name, whose, idempotencyKey),
  );
}

/** `whose` is a hash of Astria's key, or the account. */
export const keyOf = (
  caller: string,
  whose: string | { account: string },
  idempotencyKey: string,
) => sha256(JSON.stringify([caller, whose, idempotencyKey]));

export function refuseOther(what: 'input' | 'files'): never {
  const message =
    what === 'files'
      ? 'was used with other files: give each request a key of its own'
      : 'was used for another mutation, input or workspace: give each request a key of its own';
  refuse([{ path: PATH, message }]);
  throw new Error('unreachable');
}

/**
 * Returns a hash of the whole input except `maxCost`, independent of the order of fields. Files are represented by their paths.
 */
export function digestOf(
  mutation: string,
  place: Place,
  { idempotencyKey, maxCost, ...input }: Keyed & MaxCost,
) {
  return sha256(JSON.stringify([mutation, place, canonical(input)]));
}

function canonical(value: unknown): unknown {
  if (value instanceof Upload) return 'file';
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, canonical(item)]);
}

/** Returns the files of an input. Their order does not depend on the order of fields in the request. */
export function uploadsIn(value: unknown): Upload[] {
  if (value instanceof Upload) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? value.keys() : Object.keys(value).sort();
  return [...names].flatMap((name) => uploadsIn((value as Record<string | number, unknown>)[name]));
}

export const sha256 = (text: string) => hash('sha256', text);
