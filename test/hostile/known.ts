/**
 * The known attacks on GraphQL servers, all that graphql-cop tries among them: overloads by aliases, batches, directives,
 * repeated fields, circular fragments and introspection, GETs, forms, suggestions, GraphiQL, debug modes, unhandled errors.
 */
import { readConfig } from '../../src/config.ts';
import { ATTACKS, times } from '../support/attacks.ts';
import { type Attack, NONCE } from './raw.ts';
import { SOCKET_ATTACKS } from './sockets.ts';
import { ATTACKER } from './target.ts';
import { TOOL_ATTACKS } from './tools.ts';

const { maxUpstreamCalls: MAX_CALLS } = readConfig({});

export const AUTHORIZATION = ['Authorization', `Bearer ${ATTACKER}`] as const;
const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

type Request = Omit<Attack, 'name'>;

export const post = (body: unknown, type = JSON_TYPE): Request => ({
  method: 'POST',
  target: '/graphql',
  headers: [AUTHORIZATION, ['Content-Type', type]],
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
});

export const get = (target: string, accept = JSON_TYPE): Request => ({
  method: 'GET',
  target,
  headers: [AUTHORIZATION, ['Accept', accept]],
  body: '',
});

/** With a comment that makes it another document each time. */
const question = (query: string, variables?: unknown) =>
  post({ query: `${query}\n#${NONCE}`, variables });

const asked = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
const mutation = 'mutation { deleteTune(input: { id: 5 }) { deletedId } }';
const batchOf = (count: number, query: (index: number) => string) =>
  post(
    Array.from({ length: count }, (_, index) => ({ query: `${query(index)}\n#${NONCE}${index}` })),
  );
const dearest = `{ tune(id: 1) { ${times(49, (n) => `...F${n}`)} } } ${times(49, (n) => `fragment F${n} on Tune { ${times(2, (m) => `x${n}_${m}: prompts(first: ${m}) { nodes { id text status } }`)} }`)}`;
const spending = (first: number, title = 'null') =>
  `{ tunes(first: ${first}, filter: { title: ${title} }) { nodes { prompts(first: 100) { nodes { id text } } } } }`;
const CREATE_PROMPT =
  'mutation ($a: String!) { createPrompt(input: { tuneId: 1504944, text: $a }) { prompt { id references { type } } } }';
const failing = (count: number) =>
  `{ tunes(first: 100) { nodes { ${times(count, (n) => `x${n}: reference(strength: 1000)`)} } } }`;
/** Of the two texts that were created last. */
const longTexts = (count: number) =>
  `{ prompts(first: 2) { nodes { ${times(count, (n) => `x${n}: text`)} } } }`;
const anIntList = 'query ($a: [ID!]!) { nodes(ids: $a) { id } }';

const REQUESTS: Record<string, Request> = {
  ...Object.fromEntries(
    Object.entries(ATTACKS).map(([name, [document]]) => [name, question(document)]),
  ),
  'a batch': post(times(5000, () => '{"query":"{ __typename }"}').replaceAll('} {', '},{')),
  'a batch of many': batchOf(5000, () => '{ __typename }'),
  'a batch of introspections': batchOf(10, () => '{ __schema { types { name } } }'),
  'a batch of whole introspections': batchOf(10, () => ATTACKS.introspection?.[0] as string),
  'a batch of dear documents': batchOf(10, () => dearest),
  'a whole budget': question(spending(MAX_CALLS - 1)),
  'a batch of whole budgets': batchOf(10, () => spending(MAX_CALLS - 1)),
  'a batch of shared budgets': batchOf(10, (index) => spending(7, `"${index}"`)),
  'a batch of pages': batchOf(
    10,
    (index) =>
      `{ prompts(first: ${100 - index}) { nodes { id text status images { url } tune { id title } } } }`,
  ),
  'a batch of wrong documents': batchOf(10, () => ATTACKS['far-off suggestions']?.[0] as string),
  'a batch of nothing': post('[]'),
  'a batch of what is none': post('[null, 1, "x", [], {}]'),
  'a batch of batches': post(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  'a query by GET': get(asked('{ __typename }')),
  'a path with a host': get(`//evil.example${asked('{ __typename }')}`),
  'a host for a path': get(`http://evil.example${asked('{ __typename }')}`),
  'two hosts': {
    ...get(asked('{ __typename }')),
    headers: [AUTHORIZATION, ['Host', 'a.example'], ['Host', 'b.example']],
  },
  'headers that are too long': {
    ...get(asked('{ __typename }')),
    headers: [AUTHORIZATION, ['Cookie', 'x'.repeat(20_000)]],
  },
  'an address that is too long': get(asked(`{ __typename } #${'x'.repeat(20_000)}`)),
  'a header that is none': {
    ...get(asked('{ __typename }')),
    headers: [AUTHORIZATION, ['a b', 'c']],
  },
  'an expectation that nobody meets': {
    ...get(asked('{ __typename }')),
    headers: [AUTHORIZATION, ['Expect', '200-ok']],
  },
  'a body of broken chunks': {
    ...post('zz\r\n'),
    headers: [AUTHORIZATION, ['Content-Type', JSON_TYPE], ['Transfer-Encoding', 'chunked']],
  },
  'a tunnel': { ...get('evil.example:443'), method: 'CONNECT' },
  'a mutation by GET': get(asked(mutation)),
  'a subscription by GET': get(asked('subscription { tunes { id } }'), 'text/event-stream'),
  'a mutation by form': post(`query=${encodeURIComponent(mutation)}`, FORM),
  'a mutation as text': post(mutation, 'text/plain'),
  'a mutation as application/graphql': post(mutation, 'application/graphql'),
  GraphiQL: get('/graphql', 'text/html'),
  'GraphiQL elsewhere': get('/graphiql', 'text/html'),
  'traces asked for': post({ query: '{ __typename }', extensions: { tracing: true, debug: 1 } }),
  'a type of its own': question('{ tune(id: {}) { id } }'),
  'variables of another kind': post({ query: '{ __typename }', variables: 'x' }),
  'variables of the prototype': post(
    '{"query":"query ($a: Int) { tunes(first: $a) { nodes { id } } }","variables":{"__proto__":{"a":1},"constructor":1}}',
  ),
  'an operation name that is none': post({ query: '{ __typename }', operationName: {} }),
  'deep variables': post(
    `{"query":"{ __typename #${NONCE}\\n}","variables":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
  ),
  'deeper variables': post(
    `{"query":"query ($a: JSON) { __typename #${NONCE}\\n}","variables":{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`,
  ),
  'deep characteristics': question(
    'mutation ($a: JSON) { createTune(input: { title: "x", name: "man", imageUrls: ["https://a.example/1.jpg"], characteristics: $a }) { tune { id } } }',
    { a: JSON.parse(`${'['.repeat(4000)}${']'.repeat(4000)}`) },
  ),
  'many wrong ids': question(anIntList, { a: Array.from({ length: 200_000 }, () => ({})) }),
  'many right ids': question(anIntList, {
    a: Array.from({ length: 100_000 }, (_, n) => String(n)),
  }),
  'many unknown variables': question(
    '{ __typename }',
    Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`v${n}`, n])),
  ),
  'many input fields': question(
    'mutation ($a: CreateTuneInput!) { createTune(input: $a) { tune { id } } }',
    {
      a: Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`titel${n}`, n])),
    },
  ),
  'many image addresses': question(
    'mutation ($a: CreateTuneInput!) { createTune(input: $a) { tune { id } } }',
    {
      a: {
        title: 'x',
        name: 'man',
        imageUrls: Array.from({ length: 40_000 }, (_, n) => `https://a.example/${n}`),
      },
    },
  ),
  'a long text': question(CREATE_PROMPT, {
    a: '<lora:1:1>'.repeat(90_000),
  }),
  'the longest text': question(CREATE_PROMPT, { a: '<lora:1:1>'.repeat(19_900) }),
  'the longest text of half tokens': question(CREATE_PROMPT, { a: '<lora:'.repeat(33_000) }),
  'the longest answer': question(longTexts(12)),
  'the longest text of controls': question(CREATE_PROMPT, { a: '\u0001'.repeat(150_000) }),
  'the longest text of ideographs': question(CREATE_PROMPT, { a: '漢'.repeat(199_000) }),
  'the longest answer of controls and ideographs': question(longTexts(2)),
  'a batch of long answers': batchOf(10, () => longTexts(1)),
  'answers that are too long': batchOf(10, () => longTexts(6)),
  'an answer that is far too long': question(longTexts(98)),
  'many references': question(
    `{ prompts(first: 10) { nodes { ${times(98, (n) => `x${n}: references { strength }`)} } } }`,
  ),
  'many failing fields': question(failing(98)),
  'as many failing fields as may be': question(failing(2)),
  'failing fields far down': question(`${'\n'.repeat(2400)}${failing(2)}`),
  'a batch of failing fields far down': batchOf(4, () => `${'\n'.repeat(2400)}${failing(2)}`),
  'a batch of failing fields': batchOf(10, () => failing(2)),
  'failing fields too far down': question(`${'\n'.repeat(95_000)}${failing(98)}`),
  'a very long name': question(`{ ${'n'.repeat(90_000)}: tunes { nodes { id } } }`),
  'failures under a very long name': question(`{ ${'n'.repeat(90_000)}: ${failing(2).slice(1)}`),
  'a very long name in every row': question(
    `{ tunes(first: 100) { nodes { ${'n'.repeat(90_000)}: id } } }`,
  ),
  'types under aliases': question(
    `{ ${times(10, (n) => `a${n}: __type(name: "PromptAttributesInput") { inputFields { name description type { name kind ofType { name kind } } } }`)} }`,
  ),
  'types of types': question(
    '{ __schema { types { fields { type { fields { type { name description } } } } } } }',
  ),
  'what types are possible': question(
    '{ __schema { types { possibleTypes { name fields { name } } interfaces { name possibleTypes { name } } } } }',
  ),
  'documents that are wrong far down': question(
    `${'\n'.repeat(2400)}{ ${times(49, (n) => `tunez${n}`)} }`,
  ),
  'many long unknown variables': question(
    'query ($f: TuneFilter) { tunes(filter: $f) { nodes { id } } }',
    {
      f: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'x'.repeat(3900)])),
    },
  ),
  'variables that are wrong far down': question(
    `${'\n'.repeat(2400)}query ($f: TuneFilter) { tunes(filter: $f) { nodes { id } } }`,
    { f: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 1])) },
  ),
  'a text of half tokens': question(CREATE_PROMPT, {
    a: '<lora:'.repeat(150_000),
  }),
  'no query': post({}),
  'null for a query': post({ query: null }),
  'a list for a query': post({ query: ['{ __typename }'] }),
  'a subscription': question('subscription { tunes { id } }'),
  ...SOCKET_ATTACKS,
  ...TOOL_ATTACKS,
};

export const KNOWN_ATTACKS: readonly Attack[] = Object.entries(REQUESTS).map(([name, request]) => ({
  name,
  ...request,
}));
