/** Values that somebody may have forgotten about. */
import fc from 'fast-check';

/** Stand for what JSON can write and an object cannot hold. */
const WRITTEN: Record<string, string> = {
  '@huge@': '1e999',
  '@long@': '1234567890123456789012345678901234567890',
  '@proto@': '"__proto__"',
  '@deep@': `${'['.repeat(3000)}${']'.repeat(3000)}`,
  '@surrogate@': '"\\ud800"',
  '@nul@': '"\\u0000"',
};

/** As JSON, or nearly. */
export const written = (value: unknown): string =>
  Object.entries(WRITTEN).reduce(
    (text, [mark, json]) => text.replaceAll(`"${mark}"`, json),
    JSON.stringify(value) ?? 'null',
  );

export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...['', ' ', '\r\n', '\0', '../../users', '..%2f..%2fusers', '%0d%0aX-Injected: 1', '\u202e'],
    ...['__proto__', 'constructor', 'null', 'undefined', 'NaN', 'Infinity', '-0', '0x10', '1e3'],
    ...['javascript:alert(1)', 'file:///etc/passwd', 'http://169.254.169.254/', 'https://[::1'],
    ...['https://a.example/\r\nX-Injected: 1', 'https://user:pass@a.example/', 'https://a.example'],
    ...["' or 1=1 --", '{{7*7}}', '<script>alert(1)</script>', '<lora:', '<1>', '🦄'],
    ...['2026-13-45T99:99:99Z', '9007199254740993', 'all', 'personal', '[fail]'],
  ),
  fc.nat({ max: 20_000 }).map((length) => 'x'.repeat(length)),
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(...Object.keys(WRITTEN)),
  fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}),
  fc.constantFrom<unknown>(
    [[]],
    [null],
    { file: null },
    { url: null, file: null },
    { '@proto@': 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const TYPES = ['Tune', 'Prompt', 'Pack', 'Workspace', 'User', 'tune', '__proto__', ''];
const NUMBERS = [
  '1',
  '1504944',
  '0',
  '-1',
  '1e3',
  '9007199254740993',
  '1.5',
  ' 1',
  '1\n',
  '',
  '../1',
];

/** Ids and cursors: sound, nearly so, and not at all. */
export const hostileId = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TYPES), fc.oneof(fc.constantFrom(...NUMBERS), hostileText))
    .chain(([type, number]) =>
      fc.constantFrom(
        Buffer.from(`${type}:${number}`).toString('base64url'),
        Buffer.from(`${type}:${number}`).toString('base64'),
        `${type}:${number}`,
        number,
      ),
    ),
  hostileText,
);
