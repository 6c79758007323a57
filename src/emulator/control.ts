import type { IncomingMessage } from 'node:http';
import type { Reply } from './exchange.ts';
import type { Fault, Faults } from './faults.ts';

const PATH = '/emulator/faults';

const FIELDS: Record<keyof Fault, string> = {
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

interface Asked {
  incoming: IncomingMessage;
  pathname: string;
  body: Buffer;
}

/** Faults over HTTP, for whoever is not in the emulator's process: `POST`, `GET` and `DELETE /emulator/faults`. */
export function answerControl(faults: Faults, asked: Asked): Reply | undefined {
  if (asked.pathname !== PATH) return undefined;
  const { method } = asked.incoming;
  if (method === 'GET') return reply(200, faults.list());
  if (method === 'DELETE') {
    faults.clear();
    return reply(204);
  }
  if (method !== 'POST') return reply(405, { error: 'GET, POST or DELETE' });
  try {
    const fault = parseFault(asked.body.toString());
    faults.add(fault);
    return reply(201, fault);
  } catch (error) {
    return reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** A misspelt field would be a fault that silently never happens. */
function parseFault(text: string): Fault {
  const fault: unknown = JSON.parse(text);
  if (typeof fault !== 'object' || fault === null || Array.isArray(fault)) {
    throw new Error('A fault is a JSON object, such as {"path":"/prompts","status":503}');
  }
  for (const [name, value] of Object.entries(fault)) {
    const type = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof Fault] : undefined;
    if (!type)
      throw new Error(`A fault has no "${name}"; it has ${Object.keys(FIELDS).join(', ')}`);
    if (type !== 'any' && typeof value !== type) throw new Error(`"${name}" must be a ${type}`);
  }
  return fault;
}

function reply(status: number, body?: unknown): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: body === undefined ? '' : JSON.stringify(body) };
}
