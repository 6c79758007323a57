import type { IncomingMessage } from 'node:http';
import type { CallbackFault, CallbackFaults } from './callback-faults.ts';
import type { Reply } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';

const FAULT_FIELDS: Record<keyof Fault, string> = {
  method: 'string',
  path: 'string',
  times: 'number',
  latencyMs: 'number',
  status: 'number',
  retryAfter: 'any',
  afterWrite: 'boolean',
  body: 'any',
  patch: 'object',
  broken: 'string',
};

const CALLBACK_FIELDS: Record<keyof CallbackFault, string> = {
  url: 'string',
  times: 'number',
  copies: 'number',
  delayMs: 'number',
  contentType: 'string',
};

/** The faults that can be armed over HTTP. */
export interface Controls {
  faults: Faults;
  callbackFaults: CallbackFaults;
}

interface Armory {
  list(): readonly object[];
  clear(): void;
  add(text: string): object;
}

function armoryAt(pathname: string, { faults, callbackFaults }: Controls): Armory | undefined {
  if (pathname === '/emulator/faults') return armory(faults, FAULT_FIELDS);
  return pathname === '/emulator/callback-faults'
    ? armory(callbackFaults, CALLBACK_FIELDS)
    : undefined;
}

interface Armed<One> {
  add(one: One): void;
  list(): readonly object[];
  clear(): void;
}

const armory = <One extends object>(armed: Armed<One>, fields: Record<string, string>): Armory => ({
  list: armed.list,
  clear: armed.clear,
  add(text) {
    const one = parseFault(text, fields) as One;
    armed.add(one);
    return one;
  },
});

interface ControlRequest {
  incoming: IncomingMessage;
  pathname: string;
  body: Buffer;
}

/** Answers `POST`, `GET` and `DELETE` for each kind of fault, for programs outside the emulator's process. */
export function answerControl(controls: Controls, asked: ControlRequest): Reply | undefined {
  const armory = armoryAt(asked.pathname, controls);
  if (!armory) return undefined;
  const { method } = asked.incoming;
  if (method === 'GET') return reply(200, armory.list());
  if (method === 'DELETE') {
    armory.clear();
    return reply(204);
  }
  if (method !== 'POST') return reply(405, { error: 'GET, POST or DELETE' });
  try {
    return reply(201, armory.add(asked.body.toString()));
  } catch (error) {
    return reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Refuses unknown fields: a misspelt one would make a fault that never happens. */
function parseFault(text: string, fields: Record<string, string>): object {
  const fault: unknown = JSON.parse(text);
  if (typeof fault !== 'object' || fault === null || Array.isArray(fault)) {
    throw new Error('A fault is a JSON object, such as {"path":"/prompts","status":503}');
  }
  for (const [name, value] of Object.entries(fault)) {
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!type)
      throw new Error(`A fault has no "${name}"; it has ${Object.keys(fields).join(', ')}`);
    if (type !== 'any' && typeof value !== type) throw new Error(`"${name}" must be a ${type}`);
  }
  return fault;
}

function reply(status: number, body?: unknown): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: body === undefined ? '' : JSON.stringify(body) };
}
