/** Heads, addresses and forms, drawn at random, and sent as no client would send them. */
import fc from 'fast-check';
import { BOUNDARY, END, part } from '../support/multipart.ts';
import { AUTHORIZATION, post } from './known.ts';
import { hostileText, hostileValue, written } from './odd-values.ts';
import { type Attack, NONCE } from './raw.ts';
import { ATTACKER } from './target.ts';

const QUERY = JSON.stringify({ query: `{ tunes(first: 1) { nodes { id } } } #${NONCE}` });
const WRITE = JSON.stringify({
  query: `mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } } #${NONCE}`,
});

/** Each is sent as bytes: what is beyond Latin-1 is cut to its lower half, which may be a line's end. */
const headerValue = fc.oneof(
  hostileText.map((text) => Buffer.from(text).toString('latin1')),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.constantFrom(
    ...['x\r\nX-Injected: 1', 'x\nX-Injected: 1', 'x\rX-Injected: 1', 'x\0y', '\u010d\u010a'],
    ...['all', '1', '0', '-1', '1, 2', 'all\r\nX-Workspace-Id: 2', 'ALL', '١', '1e3', ' 1 ', '\t'],
    ...['Bearer', 'Bearer ', 'Bearer  sd_x', 'Bearer sd_x\r\nX-Injected: 1', 'Bearer sd_é'],
    ...[`Bearer ${ATTACKER}, Bearer sd_x`, `bearer ${ATTACKER}\t`, 'Basic c2RfOng=', 'Bearer sd_'],
    ...['Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', `Bearer sd_${'x'.repeat(12_000)}`],
    ...[
      '*/*;q=0',
      'text/html',
      'text/event-stream',
      'multipart/mixed',
      'application/json;q=x',
      ',',
    ],
    ...[
      'application/json; charset=utf-16',
      'application/json;',
      'multipart/form-data',
      'text/plain',
    ],
    ...['application/graphql', 'application/x-www-form-urlencoded', 'application/cloudevents+json'],
    ...[
      'gzip',
      'chunked',
      'identity, chunked',
      '100-continue',
      'websocket',
      'h2c',
      '0',
      '5',
      '1e9',
    ],
    ...['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', `00-${'0'.repeat(32)}-x-zz`],
  ),
  fc.nat({ max: 20_000 }).map((length) => 'x'.repeat(length)),
);

const NAMES = [
  ...['Authorization', 'X-Workspace-Id', 'X-Request-Id', 'X-Upstream-Report', 'Accept', 'Origin'],
  ...['Content-Type', 'traceparent', 'tracestate', 'Cookie', 'X-Forwarded-For', 'Referer', 'Te'],
  ...['Apollo-Require-Preflight', 'If-None-Match', 'Range', 'Accept-Encoding', 'Content-Encoding'],
  ...['Access-Control-Request-Headers', '__proto__', 'constructor', 'X-Injected'],
];
/** These change where the request ends. */
const FRAMING = ['Host', 'Content-Length', 'Transfer-Encoding', 'Expect', 'Upgrade', 'Connection'];

const odd = fc.tuple(fc.constantFrom(...NAMES), headerValue);
const framing = fc.tuple(fc.oneof(fc.constantFrom(...FRAMING), headerValue), headerValue);

export const headers: fc.Arbitrary<Attack> = fc
  .record({
    method: fc.constantFrom(
      'POST',
      'POST',
      'POST',
      'GET',
      'OPTIONS',
      'HEAD',
      'PUT',
      'DELETE',
      'TRACE',
    ),
    knows: fc.integer({ min: 0, max: 3 }),
    odd: fc.array(odd, { minLength: 1, maxLength: 5 }),
    framing: fc.oneof(fc.constant([]), fc.constant([]), fc.array(framing, { maxLength: 2 })),
    body: fc.constantFrom(QUERY, WRITE),
  })
  .map(({ method, knows, odd, framing, body }) => {
    const all = [
      ...(knows > 0 ? [AUTHORIZATION] : []),
      ['Content-Type', 'application/json'] as const,
      ...odd,
      ...framing,
    ];
    // A line's end in a value may begin another request, or end this one too soon.
    const isBroken = framing.length > 0 || all.some(([, value]) => /[\r\n]/.test(value));
    return { name: 'headers', method, target: '/graphql', headers: all, body, isBroken };
  });

const targetPart = fc.oneof(
  hostileText.map((text) => encodeURIComponent(text.isWellFormed() ? text : 'x')),
  fc.constantFrom(
    '%',
    '%zz',
    '%00',
    '%0d%0a',
    '//',
    '/../',
    '?',
    '&',
    '=',
    '[]',
    '+',
    '%u1234',
    '{',
  ),
  fc.constantFrom('query', 'variables', 'extensions', 'operationName', '__proto__', 'toString'),
  fc.constantFrom(
    '%7B__typename%7D',
    '%7Btunes%7Bnodes%7Bid%7D%7D%7D',
    '%7B%22a%22%3A1%7D',
    'null',
  ),
);

export const addresses: fc.Arbitrary<Attack> = fc
  .record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'OPTIONS', 'HEAD', 'PATCH'),
    path: fc.constantFrom(
      '/graphql',
      '/graphql',
      '/graphql/',
      '/',
      '/healthz',
      '/readyz',
      '//graphql',
      '/graphql/x',
      '*',
      'http://evil.example/graphql',
      '//evil.example/graphql',
      '/metrics',
    ),
    search: fc.array(targetPart, { maxLength: 6 }),
    isWhole: fc.boolean(),
    accept: fc.constantFrom(
      'application/json',
      '*/*',
      'application/graphql-response+json',
      'text/event-stream',
      'image/png',
    ),
  })
  .map(({ method, path, search, isWhole, accept }) => ({
    name: 'an address',
    method,
    target: `${path}${search.length > 0 ? '?' : ''}${isWhole ? `query=${search.join('')}` : search.join('&')}`,
    headers: [AUTHORIZATION, ['Accept', accept] as const],
    body: '',
    // Node refuses what is no address.
    isBroken: !/^[\x21-\x7e]*$/.test(search.join('')),
  }));

const PATHS = [
  ...[
    'variables.input.images.0.file',
    'variables.input.images.1.file',
    'variables.input',
    'variables',
  ],
  ...[
    'variables.__proto__.x',
    'variables.input.constructor',
    '',
    '.',
    'query',
    'variables.input.images.-1',
  ],
  ...[
    'variables.input.images.length',
    '0.variables.file',
    'variables.input.title',
    'operationName',
  ],
];
const FORM_QUERY =
  'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }';
const input = { title: 'x', name: 'man', images: [{ file: null }, { file: null }] };

const operations = fc.oneof(
  fc.constant(JSON.stringify({ query: FORM_QUERY, variables: { input } })),
  fc.constant(JSON.stringify({ query: FORM_QUERY, variables: { input } })),
  hostileValue.map((value) => written({ query: FORM_QUERY, variables: { input: value } })),
  hostileValue.map(written),
  hostileText,
);
const map = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom('0', '1', 'operations', '__proto__', ''),
      fc.oneof(fc.array(fc.constantFrom(...PATHS), { maxLength: 3 }), hostileValue),
      { maxKeys: 3 },
    )
    .map(written),
  fc.constant('{"0":["variables.input.images.0.file"],"1":["variables.input.images.1.file"]}'),
  hostileValue.map(written),
);
const disposition = fc.oneof(
  fc.constantFrom(
    ...['form-data; name="0"; filename="0.png"\r\nContent-Type: image/png', 'form-data; name="1"'],
    ...[
      'form-data; name="1"; filename="1.png"\r\nContent-Type: image/png',
      'form-data',
      'attachment',
    ],
    ...[
      'form-data; name="0"; filename="../../etc/passwd"',
      'form-data; name="0"; filename*=utf-8\'\'%00',
    ],
    ...[
      'form-data; name="0"; filename="x\r\ny.png"',
      'form-data; name="operations"',
      'form-data; name=',
    ],
    ...['form-data; name="0"; filename="a.png"\r\nContent-Type: text/html\r\nX-Injected: 1'],
  ),
  hostileText.map((text) => `form-data; name="${text}"; filename="x.png"`),
  fc.nat({ max: 90_000 }).map((length) => `form-data; name="0"; filename="${'x'.repeat(length)}"`),
);
const content = fc.oneof(
  fc.constant(Buffer.from('89504e470d0a1a0a', 'hex')),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  hostileText.map((text) => Buffer.from(text)),
  fc.constantFrom(
    Buffer.from(`\r\n--${BOUNDARY}`),
    Buffer.from(`\r\n--${BOUNDARY}--`),
    Buffer.from('\r\n--'),
  ),
);
const files = fc.array(fc.tuple(disposition, content), { maxLength: 4 });

const type = fc.oneof(
  fc.constant(`multipart/form-data; boundary=${BOUNDARY}`),
  fc.constant(`multipart/form-data; boundary=${BOUNDARY}`),
  fc.constant(`multipart/form-data; boundary=${BOUNDARY}`),
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
  ),
  headerValue
    .filter((value) => !/[\r\n\0]/.test(value))
    .map((value) => `multipart/form-data; boundary=${value}`),
);

export const forms: fc.Arbitrary<Attack> = fc
  .record({ type, operations, map, files, order: fc.nat({ max: 9 }), ends: fc.nat({ max: 5 }) })
  .map(({ type, operations, map, files, order, ends }) => {
    const head = [
      part('form-data; name="operations"', operations),
      part('form-data; name="map"', map),
    ];
    if (order === 0) head.reverse();
    if (order === 1) head.pop();
    const parts = [...head, ...files.map(([disposition, content]) => part(disposition, content))];
    const body = Buffer.concat([...parts, ...(ends > 0 ? [END] : [])]);
    const request = post(body, type);
    const headers = [...request.headers, ['Apollo-Require-Preflight', 'true'] as const];
    return { name: 'a form', ...request, headers, isBroken: !/^[\x20-\x7e]*$/.test(type) };
  });
