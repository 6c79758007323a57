import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.ts';
import type { Callers } from '../auth/callers.ts';
import type { Config } from '../config.ts';
import type { Upstream } from '../upstream/client.ts';
import { createClientAddress } from './client-address.ts';
import type { Owner } from './load.ts';
import type { SpendAsNew } from './new-key-limit.ts';
import type { RateLimits } from './rate-limits.ts';

interface Admitting {
  callers: Callers;
  config: Pick<Config, 'trustedProxy'>;
  upstream: Pick<Upstream, 'strangerAt'>;
  log: Logger;
  /** Undefined: no limit. */
  rateLimits?: RateLimits | undefined;
  /** Counts keys that Astria has not accepted yet, by address. Undefined: they are not counted. */
  spendAsNew?: SpendAsNew | undefined;
}

/** The parts of a request, or of a message on a WebSocket, that identify its sender. */
export type Sender = Pick<IncomingMessage, 'socket' | 'headers'>;

type AddressOf = (sender: Sender) => string;

/**
 * Authenticates the caller. Throws if the caller is unknown, or if too many unknown callers came from this address recently.
 */
export function createIdentify({
  callers,
  rateLimits,
  config,
}: Pick<Admitting, 'callers' | 'rateLimits' | 'config'>) {
  const addressOf = createClientAddress(config.trustedProxy);
  const identify: Identify = (request) =>
    callers.identify(request.headers.authorization, addressOf(request));
  return rateLimits ? countingStrangers(identify, addressOf, rateLimits) : identify;
}

type Identify = (sender: Sender) => ReturnType<Callers['identify']>;

function countingStrangers(
  identify: Identify,
  addressOf: AddressOf,
  rateLimits: RateLimits,
): Identify {
  return async (request) => {
    try {
      return await identify(request);
    } catch (error) {
      const address = addressOf(request);
      // Only for unknown callers: behind a proxy, known ones have the same address.
      await rateLimits.checkStrangers(address);
      await rateLimits.noteStranger(address);
      throw error;
    }
  };
}

/** Counts the caller's operations before anything is read. Throws if there are too many. */
export function createAdmit({
  rateLimits,
  spendAsNew,
  upstream,
  config,
  log,
}: Omit<Admitting, 'callers'>) {
  let mayWarn = config.trustedProxy === undefined;
  const warnOfProxy = ({ headers }: Sender) => {
    if (!mayWarn || headers['x-forwarded-for'] === undefined) return;
    mayWarn = false;
    log.warn(
      'requests come with X-Forwarded-For, and TRUSTED_PROXY is not set: callers behind a proxy count as one until Astria has accepted their keys',
    );
  };
  const nameIn = createNaming(config);
  return async (request: Sender, caller: Caller, operations = 1) => {
    const { credential } = caller;
    const { token } = credential;
    const address = token && upstream.strangerAt(credential);
    // Counted first, because made-up keys have no end of names.
    if (token && address) {
      warnOfProxy(request);
      await spendAsNew?.({ address, token }, operations);
    }
    await rateLimits?.spend(nameIn(request, caller), operations);
  };
}

/** Returns the name by which a caller is counted. A caller without a name is counted by its address. */
export function createNaming({ trustedProxy }: Admitting['config']) {
  const addressOf = createClientAddress(trustedProxy);
  return (request: Sender, { name }: Caller) =>
    name === 'anonymous' ? `${name}@${addressOf(request)}` : name;
}

/**
 * Returns whose slots a caller takes. Callers of a held key are told apart. Any other caller is its key, or its address until
 * Astria has accepted the key.
 */
export const createOwnerOf =
  ({ strangerAt }: Admitting['upstream']) =>
  ({ name, credential }: Caller): Owner => {
    const address = strangerAt(credential);
    const known = credential.owner ?? credential.token ?? name;
    return { name: address ?? known, isStranger: address !== undefined };
  };
