/** Texts that somebody else has made: none takes long to read, however long it is, and none tells what is inside. */
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createCallers } from '../../src/auth/callers.ts';
import { rowsNamedBy } from '../../src/auth/named-rows.ts';
import { readConfig } from '../../src/config.ts';
import { referencesIn } from '../../src/entities/prompt/references.ts';
import { Prompt } from '../../src/entities/prompt/rest.ts';
import { readFieldErrors, readMessage, readSentence } from '../../src/graphql/astria-messages.ts';
import { withoutSuggestions } from '../../src/graphql/client-errors.ts';
import { packIdOrSlug, parseGlobalId } from '../../src/graphql/ids.ts';
import { negotiate } from '../../src/http/media-type.ts';
import { contentTypeOf } from '../../src/http/params.ts';
import { errorForLog } from '../../src/observe/log-errors.ts';
import { requestIdOf } from '../../src/observe/request-id.ts';
import { withoutInternals, withoutKeys, withoutSecrets } from '../../src/observe/secrets.ts';
import { decode } from '../../src/upstream/contract/decode.ts';
import { retryAfterMs } from '../../src/upstream/transport/retry.ts';
import { startGateway } from '../support/gateway.ts';

const CHARACTERS = 300_000;
/** A quadratic pattern takes 2.5 s and more for so many, a linear one hundredths. CPU, since the machine may be busy. */
const MAX_CPU_MS = 1500;

/** Each could be the beginning of something at any of its places, and comes to nothing at the end. */
const PIECES = [
  ...['a', ' ', '_', '.', '-', '<', '\n', '1', '0', '@', '\ud800', '"'],
  ...['-eyJ', 'eyJ', 'eyJa.', '-sd_', 'gk_a', 'bearer ', 'Bearer\t', 'a://', 'a://a?', 'a://@'],
  ...['http://a', 'http://u:p@', '10.', '10.0.0.', 'f:', '::', '[f:', '[::', 'a.a-', '.internal'],
  ...['localhost', '<a ', '</a', '<a:', '<a:1', '< a', '<a:0', '&amp', '&#39', '_id', '[a]', '.1'],
  ...[' Did you mean ', ' Did you mean ?', 'a,', 'a;q=', ';', '2026-11-30T00:00:00.', '0:'],
];
const ENDS = [
  ['', ''],
  ['x', '!'],
  ['http://a', ''],
] as const;

const callers = createCallers(
  readConfig({
    ASTRIA_BASE_URL: 'https://a.example',
    JWT_JWKS_URL: 'https://a.example/keys',
    JWT_ISSUER: 'https://a.example',
    JWT_AUDIENCE: 'a',
    ALLOW_CALLER_KEYS: 'on',
    ASTRIA_AUTH_TOKEN: 'sd_x',
  }),
);

const READERS: Record<string, (text: string) => unknown> = {
  withoutKeys,
  withoutSecrets,
  withoutInternals,
  readSentence: (text) => readSentence({ [text]: [text], base: [text] }),
  readFieldErrors: (text) => readFieldErrors({ [text]: { [text]: text } }, ['input']),
  readMessage: (text) => readMessage({ error: text }),
  errorForLog: (text) => errorForLog(new Error(text, { cause: new Error(text) })),
  withoutSuggestions: (text) => withoutSuggestions(new GraphQLError(text)),
  rowsNamedBy: (text) => rowsNamedBy({ body: { text }, names: { text: 'tokens' } }),
  referencesIn: (text) => referencesIn({ id: 1, text }),
  aRow: (text) =>
    decode(Prompt, { id: 1, url: text, created_at: text, cfg_scale: text, images: [text] }),
  retryAfterMs: (text) => retryAfterMs({ headers: { 'retry-after': text } }),
  negotiate,
  contentTypeOf: (text) => contentTypeOf({ headers: { 'content-type': text } }),
  requestIdOf,
  identify: (text) => callers.identify(`Bearer ${text}`),
  parseGlobalId: (text) => parseGlobalId(Buffer.from(text).toString('base64url')),
  packIdOrSlug: (text) => packIdOrSlug(text, 'id'),
};

test.each(Object.entries(READERS))(
  '%s takes time in proportion to the text',
  async (_, read) => {
    for (const piece of PIECES) {
      for (const [head, end] of ENDS) {
        const text = head + piece.repeat(CHARACTERS / piece.length) + end;
        const before = process.cpuUsage();
        // Some are refused, and tokens later than others.
        await new Promise((resolve) => resolve(read(text))).catch(() => {});
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1000, JSON.stringify([head, piece, end])).toBeLessThan(MAX_CPU_MS);
      }
    }
  },
  120_000,
);

test('of a refusal with very many words a few are read, however they stand', () => {
  const names = 'a.'.repeat(50_000);
  const body = { [names]: Array.from({ length: 50_000 }, () => 'x'.repeat(20)) };
  const before = process.cpuUsage();
  const errors = readFieldErrors(body, ['input']);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(MAX_CPU_MS);
  expect(errors).toHaveLength(50);
  expect(errors[0]?.path).toHaveLength(101);
});

const write = 'mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }';
const code = expect.any(String);

test('what Astria repeats of a long text is told in part', async () => {
  const { run, emulator } = await startGateway();
  const text = 'a://a '.repeat(30_000);
  emulator.fail({ status: 422, body: { text: [text, text] } });
  const { errors } = await run(write);
  const message = expect.stringMatching(/^.{1000}…$/);
  expect(errors).toMatchObject([
    { message, extensions: { fieldErrors: [{ message }, { message }] } },
  ]);
});

const INTERNAL =
  'at http://me:p4ss@images.example/a and http://10.1.2.3:3000/b, redis.prod.internal:6379, localhost, [::1]:80';
const TOLD = 'at http://…@images.example/a and http://… …, …, …';

test.each([
  ['a field of a 422', write, { status: 422, body: { text: [INTERNAL] } }],
  ['a 422 as HTML', write, { status: 422, body: { base: [`<p>${INTERNAL}</p>`] } }],
  ['a name in a 422', write, { status: 422, body: { [INTERNAL]: ['bad'] } }],
  ['a 400', '{ tune(id: 5) { id } }', { status: 400, body: { error: INTERNAL } }],
  [
    'a 500 that has a message',
    '{ tune(id: 5) { id } }',
    { status: 500, body: { error: INTERNAL } },
  ],
  ['a page of a proxy', write, { status: 502, body: `<html>${INTERNAL}</html>` }],
  ['a page that is no failure', '{ tune(id: 5) { id } }', { body: `<html>${INTERNAL}</html>` }],
  ['an answer out of contract', '{ tune(id: 5) { id } }', { body: { error: INTERNAL } }],
  ['a connection that breaks', write, { broken: 'reset' as const }],
])('no address of the inside, and no password, is told by %s', async (_, operation, fault) => {
  const { run, emulator, account } = await startGateway();
  account.addTune({ id: 5 });
  emulator.fail(fault);
  const told = await run(operation);
  expect(told.errors).toMatchObject([{ extensions: { code } }]);
  expect(JSON.stringify(told)).not.toMatch(/p4ss|10[.]1|redis|localhost|::1|127[.]0/);
});

test.each(['http://127.0.0.1:1', 'http://no-such-host.invalid'])(
  'nor by an Astria at %s that cannot be reached',
  async (baseUrl) => {
    const { run } = await startGateway({ baseUrl });
    const told = await run(write);
    expect(told.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(JSON.stringify(told)).not.toMatch(/127[.]0|invalid/);
  },
);

test('nor by the rows that say why they failed, and what came of a pack', async () => {
  const { run, emulator, account } = await startGateway();
  account.addPrompt({ id: 5, user_error: INTERNAL });
  account.addPack({ id: 6 });
  account.addTune({ id: 7 });
  const { data } = await run('{ prompt(id: 5) { status userError } }');
  expect(data).toEqual({ prompt: { status: 'FAILED', userError: TOLD } });
  emulator.fail({ path: '/p/6/tunes', body: { message: INTERNAL } });
  const ran = await run('mutation { runPack(input: { id: 6, tuneIds: [7] }) { message } }');
  expect(ran).toEqual({ data: { runPack: { message: TOLD } } });
});

test.each([
  [
    'a host of a web address, and its port and path',
    'see https://a.b.internal:8/x?y.',
    'see https://…',
  ],
  [
    'what no number looks like',
    'http://2130706433/ http://0x7f.1/ http://[::ffff:10.0.0.1]/',
    'http://… http://… http://…',
  ],
  ['a name without a dot', 'redis://redis:6379/0', 'redis://…'],
  ['a password with signs in it', 'a://b:c@d@e.example/f@g', 'a://…@e.example/f@g'],
  [
    'addresses of each kind',
    '169.254.169.254 172.31.0.1:80 [fd00::1]:80 fe80::1 ip-10-0-0-1',
    '… … … … …',
  ],
  [
    'nothing that is public',
    '8.8.8.8 172.32.0.1 https://a.example:8/b?c 2001:4860::8888',
    undefined,
  ],
  [
    'nothing that only looks so',
    '12:30:45 16:9 1.2.3 <lora:1:1> internal local a.local.json',
    undefined,
  ],
])('taken out is %s', (_, text, told = text) => {
  expect(withoutInternals(text)).toBe(told);
});
