/** Runs a subscription of a WebSocket as a request is run: with the same callers, limits, plugins and errors. */
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../../auth/caller.ts';
import { badRequest } from '../../graphql/errors.ts';
import type { OpenStream } from '../../graphql/open-stream.ts';
import type { createAdmit, createIdentify, createNaming, Sender } from '../admission.ts';
import { withAllowedDocument } from '../documents.ts';
import type { Results } from '../event-stream.ts';
import type { ServedGraph } from '../graphs.ts';
import { type Incoming, incomingOf, type Params, streamRequest } from '../incoming.ts';
import type { Owner } from '../load.ts';
import { membersOf } from '../members.ts';

/** The parts of the gateway that requests go through too. */
export interface Doors {
  identify: ReturnType<typeof createIdentify>;
  admit: ReturnType<typeof createAdmit>;
  nameIn: ReturnType<typeof createNaming>;
  ownerOf(caller: Caller): Owner;
  /** The graph at the address of the socket. */
  graph: Pick<ServedGraph, 'operations' | 'trusted' | 'readings' | 'yoga'>;
}

interface SubscribeRequest {
  /** The payload of the message, unchecked. */
  payload: unknown;
  /** The client of the socket, with the headers that `connectionParams` stands for. */
  sender: Sender;
  requestId: string;
  mediaBase: string | undefined;
  stream: OpenStream;
  signal: AbortSignal;
  /** The reason to refuse it before anything else is checked. */
  refusal?: Error | undefined;
}

interface Begun {
  result: ExecutionResult | Results;
  /** Its document; undefined where it was refused before that was known. */
  query: string | undefined;
  /** Undefined where it was refused before that was known. */
  caller: Caller | undefined;
}

export type Subscribe = (asked: SubscribeRequest) => Promise<Begun>;

export function createSubscribe(doors: Doors): Subscribe {
  const { identify, admit, nameIn, ownerOf, graph } = doors;
  const { operations, trusted, readings, yoga } = graph;

  /** Does what is done in front of yoga. Throws if the operation is refused. */
  async function admitted(incoming: Incoming, { sender, payload, signal }: SubscribeRequest) {
    // Authenticated anew each time, because a key may be removed, and a token may expire.
    const caller = await identify(sender);
    incoming.caller = caller;
    incoming.countedAs = () => nameIn(sender, caller);
    await admit(sender, caller);
    const params = withAllowedDocument(membersOf(payload), caller, trusted);
    incoming.params = params;
    if (!readings.knows(params)) await readings.read(params, ownerOf(caller), signal);
    const kind = operations.askedBy(params)?.kind;
    if (kind !== undefined && kind !== 'subscription') throw onlySubscriptions(kind);
  }

  async function run(incoming: Incoming, { headers }: Sender) {
    let result: ExecutionResult | Results | undefined;
    const deliver = (given: typeof result) => {
      result = given;
    };
    await yoga.handleNodeRequest(streamRequest(headers) as never, { ...incoming, deliver });
    if (!result) throw new Error('yoga answered without a result');
    const { query } = (incoming.params ?? {}) as Params;
    return { result, query, caller: incoming.caller };
  }

  return async (asked) => {
    const { sender, requestId, mediaBase, stream, signal, refusal } = asked;
    const incoming: Incoming = {
      ...incomingOf(sender, 1),
      ...{ requestId, mediaBase, stream, signal },
    };
    try {
      if (refusal) throw refusal;
      await admitted(incoming, asked);
    } catch (error) {
      return run({ ...incoming, refusal: error }, sender);
    }
    return run(incoming, sender);
  };
}

const onlySubscriptions = (kind: string) =>
  badRequest(
    `A WebSocket takes subscriptions only, and this is a ${kind}: send it as an HTTP request to this address.`,
  );
