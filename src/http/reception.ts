/** Receives a request of a known caller: counts it, and reads its body. */
import type { Caller } from '../auth/caller.ts';
import type { createAdmit, createNaming } from './admission.ts';
import { readBody } from './body.ts';
import { checkEncoding } from './body-encoding.ts';
import { checkCsrf } from './csrf.ts';
import type { Exchange } from './incoming.ts';
import type { Load, Owner } from './load.ts';

interface Receiving {
  admit: ReturnType<typeof createAdmit>;
  nameIn: ReturnType<typeof createNaming>;
  ownerOf(caller: Caller): Owner;
  load: Load;
  /** The longest time for a body that is no upload. */
  maxBodyMs?: number | undefined;
}

export function createReception({ admit, nameIn, ownerOf, load, maxBodyMs }: Receiving) {
  // Made here, because a stream keeps this function, and must not keep the request with it.
  const naming = (request: Exchange['request'], caller: Caller) => () => nameIn(request, caller);

  /** Returns undefined if the client left before the whole body arrived. */
  return async ({ request, response, incoming }: Exchange, caller: Caller) => {
    incoming.caller = caller;
    incoming.countedAs = naming(request, caller);
    await admit(request, caller);
    checkEncoding(request);
    incoming.takeBytes = load.holdsBody(response, ownerOf(caller).name);
    const body = await readBody(request, incoming.takeBytes, maxBodyMs);
    if (body) checkCsrf(request);
    return body;
  };
}
