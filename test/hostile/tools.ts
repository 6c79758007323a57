/** Messages of the Model Context Protocol: those that are none, and tools called with what no model would send. */
import { type Attack, NONCE } from './raw.ts';
import { ATTACKER } from './target.ts';

type Request = Omit<Attack, 'name'>;

const HEADERS = [
  ['Authorization', `Bearer ${ATTACKER}`],
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json, text/event-stream'],
] as const;

const post = (body: string): Request => ({
  ...{ method: 'POST', target: '/mcp', headers: HEADERS },
  body,
});
const message = (method: string, params: string) =>
  post(`{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`);
const call = (tool: string, args: object | string) =>
  message(
    'tools/call',
    `{"name":"${tool}","arguments":${typeof args === 'string' ? args : JSON.stringify(args)}}`,
  );
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const many = (count: number) => Object.fromEntries(numbers(count).map((n) => [`v${n}`, n]));
const paid = { tuneId: '3618064', idempotencyKey: NONCE, maxCost: '0' };

export const TOOL_ATTACKS: Record<string, Request> = {
  'the list of tools': message('tools/list', '{}'),
  'a batch of messages': post(`[${'{"jsonrpc":"2.0","id":1,"method":"ping"},'.repeat(5000)}0]`),
  'messages within messages': post(nested(4000)),
  'a message without an end': post('{"jsonrpc":"2.0","id":1,"method":"'),
  'a very long id': post(`{"jsonrpc":"2.0","id":"${'x'.repeat(900_000)}","method":"ping"}`),
  'a tool of the prototype': call('__proto__', {}),
  'arguments of the prototype': call('get_account', '{"__proto__":{"first":1},"constructor":1}'),
  'arguments that are none': call('get_account', 'null'),
  'deep arguments': call('get_account', `{"a":${nested(4000)}}`),
  'many unknown arguments': call('get_account', many(4000)),
  'more arguments than may be': call('get_account', many(60_000)),
  'many wrong ids of jobs': call('wait_for', { ids: numbers(8000), seconds: 0 }),
  'many wrong addresses': call('create_tune', { imageUrls: numbers(8000) }),
  'a long text of a tool': call('create_prompt', { ...paid, text: '<lora:1:1>'.repeat(90_000) }),
  'the longest text of a tool': call('create_prompt', {
    ...paid,
    text: '<lora:1:1>'.repeat(19_000),
  }),
  'a page of all prompts': call('find_prompts', { first: 50, text: NONCE }),
  'a page of another site': {
    ...message('tools/list', '{}'),
    headers: [...HEADERS, ['Origin', 'https://evil.example']],
  },
};
