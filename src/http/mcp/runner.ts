/** Runs the operations of tools as requests are run: with the same slots, plugins, limits and errors. */
import type { IncomingMessage } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../../auth/caller.ts';
import type { Operations } from '../../graphql/operations.ts';
import type { createAdmit } from '../admission.ts';
import type { createGraph } from '../graph.ts';
import type { Exchange, Incoming } from '../incoming.ts';
import type { Load, Owner } from '../load.ts';
import type { Run } from './tool.ts';

/** The parts of the gateway that requests go through too. */
export interface Doors {
  admit: ReturnType<typeof createAdmit>;
  ownerOf(caller: Caller): Owner;
  operations: Operations;
  load: Load;
  yoga: Pick<ReturnType<typeof createGraph>, 'fetch'>;
}

/** A message of a known caller. */
export interface McpExchange extends Exchange {
  /** `signal` aborts when the client leaves. */
  incoming: Incoming & { caller: Caller; signal: AbortSignal };
}

export function createRun(
  { admit, ownerOf, operations, load, yoga }: Doors,
  documents: ReadonlyMap<string, string>,
  { request, response, incoming }: McpExchange,
): Run {
  const { caller, signal } = incoming;
  const owner = ownerOf(caller);
  let isFirst = true;

  async function answerTo(asked: Incoming): Promise<ExecutionResult> {
    let result: ExecutionResult | undefined;
    const deliver: Incoming['deliver'] = (given) => {
      result = given as ExecutionResult;
    };
    await yoga.fetch(requestFor(request), { ...asked, deliver });
    if (!result) throw new Error('yoga answered without a result');
    return result;
  }

  async function inTurn(asked: Incoming): Promise<ExecutionResult> {
    // The message itself was counted as the first operation.
    if (!isFirst) await admit(request, caller);
    isFirst = false;
    const operation = operations.askedBy(asked.params as never);
    const work = () => answerTo(asked);
    // An operation that waits for a result takes no slot.
    if (operation?.estimate.waits) return work();
    const result = await load.inTurn(owner, signal, work, operation?.kind === 'mutation');
    // The client has left, so nobody reads it.
    return result ?? {};
  }

  return async (operationName, variables) => {
    const query = documents.get(operationName);
    const asked: Incoming = {
      ...incoming,
      params: { query, operationName, variables: { ...variables } },
    };
    const result = await inTurn(asked).catch((refusal) => answerTo({ ...asked, refusal }));
    load.hold(response, owner.name, Buffer.from(JSON.stringify(result)));
    return result;
  };
}

/** Returns what yoga sees in place of the message. Its parameters are in `Incoming`. */
function requestFor({ headers: { traceparent, tracestate } }: IncomingMessage): Request {
  return new Request('http://localhost/graphql', {
    method: 'POST',
    headers: {
      ...(traceparent && { traceparent: String(traceparent) }),
      ...(tracestate && { tracestate: String(tracestate) }),
    },
  });
}
