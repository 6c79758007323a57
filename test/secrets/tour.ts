/** Everything that can be asked, and everything that can go wrong with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../src/emulator/faults.ts';
import type { Emulator } from '../../src/emulator/serve.ts';
import { exampleOperations } from '../../src/http/example-operations.ts';
import { BOUNDARY, END, file, text } from '../support/multipart.ts';
import type { Watched } from './gateway.ts';

const JSON_TYPE = { 'content-type': 'application/json', 'x-upstream-report': '1' };
const READ =
  'query Read { tunes(first: 3) { nodes { id title prompts(first: 2) { nodes { id text } } } } }';
const WRITE = (key: string) =>
  `mutation Write { createPrompt(input: { tuneId: 1504944, text: "x ${key}", idempotencyKey: "${key}" }) { prompt { id text } warnings { message } } }`;
const ANY_HEADERS = {
  'x-request-id': 'mine',
  traceparent: `00-${'4'.repeat(32)}-${'5'.repeat(16)}-01`,
};

const TUNE = [
  text('operations', {
    query:
      'mutation Upload ($file: Upload) { createTune(input: { title: "x", images: [{ file: $file }] }) { tune { id } } }',
    variables: { file: null },
  }),
  text('map', { 0: ['variables.file'] }),
];

/** What Astria itself may say of its own network. */
export const INSIDE = [
  { name: 'a password in an address', value: 'pw-Zq7Kx9Vd2LwPm4TnB8s' },
  { name: 'an address of the inside', value: '10.93.57.21:3719' },
] as const;

/** `fault` is undefined where Astria is not in this process. */
export interface Tour {
  gateway: Watched;
  fault: ((fault: Fault) => void) | undefined;
  /** What Astria itself may repeat in its answers. */
  secrets: readonly string[];
  /** Not every fault. */
  isShort: boolean;
}

export const withFaults = (emulator: Emulator) => (fault: Fault) => {
  emulator.clearFaults();
  emulator.fail(fault);
};

export async function tour({ gateway, fault, secrets, isShort }: Tour, authorization: string) {
  const headers = { ...JSON_TYPE, ...ANY_HEADERS, ...(authorization && { authorization }) };
  const ask = (what: string, query: unknown, more: Record<string, string> = {}, variables = {}) =>
    gateway.ask(what, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: JSON.stringify({ query, variables }),
    });
  for (const { name, query, variables } of exampleOperations()) {
    await ask(name, query, {}, JSON.parse(variables));
  }
  await ask('a read', READ, { 'x-workspace-id': 'all' });
  await ask('a write', WRITE('one'));
  await ask('the same write', WRITE('one'));
  const faults = faultsWith(secrets);
  for (const one of fault ? faults.filter((_, index) => !isShort || index % 3 === 1) : []) {
    fault?.(one);
    await ask(`a read that met ${JSON.stringify(one)}`, READ);
    fault?.(one);
    await ask(
      `a write that met ${JSON.stringify(one)}`,
      WRITE(`fault ${JSON.stringify(one).length}`),
    );
  }
  await refusals(gateway, headers);
  await pages(gateway, headers);
  await tools(gateway, headers, fault);
  await uploads(gateway, authorization, fault);
  fault?.({ status: 503, times: 40 });
  for (let count = 0; count < 14; count++)
    await ask('a failing Astria', `${READ} #${count}`).then(() => sleep(100));
}

function faultsWith(secrets: readonly string[]): Fault[] {
  const [{ value: password }, { value: host }] = INSIDE;
  const keys = secrets.map((secret) => `${secret} (Bearer ${secret})`).join(' and ');
  const said = `${keys} at http://me:${password}@a.example/ and ${host}`;
  return [
    ...[400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504].flatMap((status) => [
      { status },
      {
        status,
        body: {
          error: `the key ${said} may not`,
          text: [`not with ${said}`],
          [secrets[0] ?? 'x']: ['no'],
        },
      },
    ]),
    { status: 504, afterWrite: true },
    ...(['reset', 'halfway', 'cut-json', 'empty'] as const).map((broken) => ({ broken })),
    { latencyMs: 1300 },
    { patch: { '*.title': { key: said }, '*.id': said, id: said, '*.created_at': said } },
    { status: 200, body: said },
    { status: 200, body: { error: said } },
  ];
}

async function refusals(gateway: Watched, headers: Record<string, string>) {
  const bodies = [
    '{"query":',
    '[]',
    '{}',
    '{"query":"{ nonsense }"}',
    '{"query":"{ tune(id: 1) { title } "}',
    '[1]',
  ];
  for (const body of [...bodies, `{"query":"${'x'.repeat(1_100_000)}"}`]) {
    await gateway.ask(`the body ${body.slice(0, 40)}`, { method: 'POST', headers, body });
  }
  const strangers = [
    '',
    'x',
    'Bearer',
    'Bearer gk_none',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x',
    'Bearer sd_none',
  ];
  for (const authorization of strangers) {
    const asked = { ...headers, authorization };
    await gateway.ask(`who says ${authorization}`, {
      method: 'POST',
      headers: asked,
      body: JSON.stringify({ query: READ }),
    });
  }
  const odd = { ...headers, 'x-workspace-id': 'none', accept: 'text/event-stream' };
  await gateway.ask('a strange workspace', {
    method: 'POST',
    headers: odd,
    body: JSON.stringify({ query: READ }),
  });
}

async function pages(gateway: Watched, headers: Record<string, string>) {
  await gateway.ask('GraphiQL', { headers: { accept: 'text/html' } });
  await gateway.ask('GraphiQL of one who is known', {
    headers: { ...headers, accept: 'text/html' },
  });
  for (const path of [
    '/healthz',
    '/readyz',
    '/',
    '/metrics',
    '/graphql?query={__typename}',
    '/graphql?query=%7Bx',
  ]) {
    await gateway.ask(path, { path, headers });
  }
  await gateway.ask('a preflight', { method: 'OPTIONS', headers: { origin: 'https://a.example' } });
}

async function tools(
  gateway: Watched,
  { 'x-upstream-report': _, ...headers }: Record<string, string>,
  fault: Tour['fault'],
) {
  const call = (name: string, args: object) =>
    gateway.ask(`the tool ${name}`, {
      path: '/mcp',
      method: 'POST',
      headers: { ...headers, accept: 'application/json, text/event-stream' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: args },
      }),
    });
  const prompt = { tuneId: '1504944', text: 'x', idempotencyKey: 'tool', maxCost: '1' };
  await call('get_account', {});
  await call('get_account', { [String(headers.authorization)]: 1 });
  await call('create_prompt', prompt);
  for (const one of [{ status: 401 }, { status: 502 }, { broken: 'reset' }] as const) {
    fault?.(one);
    await call('find_tunes', { title: JSON.stringify(one) });
    fault?.(one);
    await call('create_prompt', { ...prompt, idempotencyKey: JSON.stringify(one) });
  }
}

async function uploads(gateway: Watched, authorization: string, fault: Tour['fault']) {
  const headers = {
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'apollo-require-preflight': 'true',
    ...(authorization && { authorization }),
  };
  const send = (what: string, parts: readonly Uint8Array[]) =>
    gateway.ask(what, { method: 'POST', headers, body: Buffer.concat(parts) });
  const photos = [...TUNE, file('0')];
  await send('an upload', [...photos, END]);
  await send('an upload that breaks off', photos);
  await send('an upload without its file', [...TUNE, END]);
  await send('an upload that is none', [text('operations', '{'), END]);
  for (const one of [{ status: 422 }, { status: 504 }, { broken: 'reset' }] as const) {
    fault?.(one);
    await send(`an upload that met ${JSON.stringify(one)}`, [...photos, END]);
  }
}
