import type { IncomingMessage } from 'node:http';
import type { Deps } from '../context.ts';

/** Counts what a request asks for, before anything of it is read, and throws where its caller has asked too much. */
type Admit = (request: IncomingMessage, operations?: number) => Promise<void>;

/** Undefined where there is no limit. */
export function createAdmission({ rateLimits, callers }: Deps): Admit | undefined {
  if (!rateLimits) return undefined;
  return async (request, operations = 1) => {
    if (!isQuestion(request)) return;
    const { remoteAddress: address = 'unknown' } = request.socket;
    let name: string;
    try {
      ({ name } = await callers.identify(request.headers.authorization));
    } catch {
      // Never of one who is known: behind a proxy, strangers have the same address as everybody else.
      await rateLimits.checkStrangers(address);
      // What is wrong is said by what identifies for good.
      return rateLimits.noteStranger(address);
    }
    await rateLimits.spend(name === 'anonymous' ? `${name}@${address}` : name, operations);
  };
}

/** GraphiQL's page is free, and so is what looks after the process. */
const isQuestion = ({ method, url = '' }: IncomingMessage) =>
  method === 'POST' || (method === 'GET' && url.includes('?'));
