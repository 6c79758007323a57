/** A ledger as one sees it from outside, and can hold it. */
import { createCallers } from '../../src/auth/callers.ts';
import { readConfig } from '../../src/config.ts';
import { keyOf, sha256 } from '../../src/paid/idempotency.ts';
import type { State } from '../../src/paid/ledger/ledger.ts';

/** Where a gateway is stopped just before it is recorded. */
export type Point = Exclude<State, 'unknown'>;

interface Stall {
  /** Once a gateway stands there. */
  reached(): Promise<boolean>;
  end(): Promise<void>;
}

export interface Store {
  /** For a gateway of this lane. */
  environment: Record<string, string>;
  /** What is recorded under the key. */
  stateOf(key: string): Promise<State | undefined>;
  stallAt(point: Point, key: string): Promise<Stall>;
  close(): Promise<void>;
}

const callers = createCallers(readConfig({ ASTRIA_BASE_URL: 'http://127.0.0.1' }));

/** What stands in the ledger for a caller's key, first. */
export async function hashedKey(token: string, idempotencyKey: string): Promise<string> {
  const { name } = await callers.identify(`Bearer ${token}`);
  return keyOf(name, sha256(token), idempotencyKey);
}
