import type { IncomingMessage } from 'node:http';
import type { Caller, Callers } from '../callers.ts';
import type { Deps } from '../context.ts';
import type { RateLimits } from './rate-limits.ts';

/** Who calls. Throws where they are not known, or where nobody at their address was too often of late. */
export function createIdentify({ callers, rateLimits }: Pick<Deps, 'callers' | 'rateLimits'>) {
  const identify = ({ headers }: IncomingMessage) => callers.identify(headers.authorization);
  return rateLimits ? countingStrangers(identify, rateLimits) : identify;
}

type Identify = (request: IncomingMessage) => ReturnType<Callers['identify']>;

function countingStrangers(identify: Identify, rateLimits: RateLimits): Identify {
  return async (request) => {
    try {
      return await identify(request);
    } catch (error) {
      const address = addressOf(request);
      // Never of one who is known: behind a proxy, strangers have the same address as everybody else.
      await rateLimits.checkStrangers(address);
      await rateLimits.noteStranger(address);
      throw error;
    }
  };
}

/** Counts what a caller asks for, before anything of it is read, and throws where that is too much. */
export function createAdmit({ rateLimits }: Pick<Deps, 'rateLimits'>) {
  return async (request: IncomingMessage, caller: Caller, operations = 1) => {
    await rateLimits?.spend(nameIn(request, caller), operations);
  };
}

/** Under which a caller is counted. */
export const nameIn = (request: IncomingMessage, { name }: Caller) =>
  name === 'anonymous' ? `${name}@${addressOf(request)}` : name;

const addressOf = ({ socket }: IncomingMessage) => socket.remoteAddress ?? 'unknown';
