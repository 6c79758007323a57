/** The contract over time: what `npm run check` says of a schema beside the one that was released. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Contract, faultsOf } from '../check-contract.ts';

const RELEASED = `
  type Query { tune(id: ID!): Tune old: String @deprecated(reason: "Use \`tune\`. Until 2027-06-01.") }
  type Tune { title: String size: Size }
  enum Size { SMALL LARGE }
  input TuneInput { title: String }
`;

const faults = (current: string, changelog = '', today = '2026-12-01') =>
  faultsOf({ released: RELEASED, current, changelog, today });

const without = (text: string, by = '') => {
  expect(RELEASED).toContain(text);
  return RELEASED.replace(text, by);
};

const told = (change: string, path: string) =>
  `${change}. This breaks clients: write an entry into CHANGELOG.md, under Unreleased, that begins with "- **Breaking**" and names \`${path}\`.`;

const TITLE_GONE = without('title: String size', 'size');
const TITLE_TOLD = told("Field 'title' was removed from object type 'Tune'", 'Tune.title');

test.each<[string, string]>([
  ['nothing', RELEASED],
  ['a new field', without('size: Size', 'size: Size width: Int')],
  ['a new argument that may be left out', without('id: ID!', 'id: ID!, size: Size')],
  ['a new value', without('LARGE', 'LARGE HUGE')],
  ['another description', `"A size." ${RELEASED.trim()}`],
])('%s breaks no client', async (_, current) => {
  expect(await faults(current)).toEqual([]);
});

test.each<[string, string, string]>([
  [TITLE_GONE, "Field 'title' was removed from object type 'Tune'", 'Tune.title'],
  [without('LARGE'), "Enum value 'LARGE' was removed from enum 'Size'", 'Size.LARGE'],
  [
    without('id: ID!', 'id: ID!, size: Size!'),
    "Argument 'size: Size!' added to field 'Query.tune'",
    'Query.tune.size',
  ],
  [without('(id: ID!)'), "Argument 'id: ID!' was removed from field 'Query.tune'", 'Query.tune.id'],
  [
    without('TuneInput {', 'TuneInput @oneOf {'),
    "Directive 'oneOf' was added to input object 'TuneInput'",
    'TuneInput.@oneOf',
  ],
])('what breaks clients is named, with the entry that it needs', async (current, change, path) => {
  expect(await faults(current)).toEqual([told(change, path)]);
  const entry = `# Changelog\n\n## Unreleased\n\n- Other.\n- **Breaking**: \`${path}\` is\n  otherwise.\n`;
  expect(await faults(current, entry)).toEqual([]);
});

test.each([
  ['without the word', '## Unreleased\n\n- `Tune.title` is gone.\n'],
  ['of another entry', '## Unreleased\n\n- **Breaking**: all.\n- `Tune.title` is gone.\n'],
  ['of another place', '## Unreleased\n\n- **Breaking**: `Tune.titles` is gone.\n'],
  ['of an earlier release', '## Unreleased\n\n## 0.1.0\n\n- **Breaking**: `Tune.title` is gone.\n'],
])('an entry %s announces nothing', async (_, changelog) => {
  expect(await faults(TITLE_GONE, changelog)).toEqual([TITLE_TOLD]);
});

test.each(['Use `name`.', 'Until 2027-02-30.', 'Until June 2027.'])(
  'whatever is deprecated names a day, which %j is not',
  async (reason) => {
    const deprecated = `@deprecated(reason: ${JSON.stringify(reason)})`;
    const missing = (path: string) =>
      `${path} is @deprecated without a date: write from which day on it may be gone, such as 2027-06-01, into its reason (${JSON.stringify(reason)}).`;
    const places: [string, string][] = [
      [without('title: String size', `title: String ${deprecated} size`), 'Tune.title'],
      [without('LARGE', `LARGE ${deprecated}`), 'Size.LARGE'],
      [without('title: String }', `title: String ${deprecated} }`), 'TuneInput.title'],
      [without('id: ID!', `id: ID!, by: ID ${deprecated}`), 'Query.tune.by'],
    ];
    for (const [current, path] of places) expect(await faults(current)).toEqual([missing(path)]);
  },
);

test('what was promised until a day stays until then, whatever is announced', async () => {
  const gone = without('old: String @deprecated(reason: "Use `tune`. Until 2027-06-01.")');
  const entry = '## Unreleased\n\n- **Breaking**: `Query.old` is gone.\n';
  expect(await faults(gone, entry, '2027-05-31')).toEqual([
    "Field 'old' (deprecated) was removed from object type 'Query'. It was promised until 2027-06-01: leave it until then.",
  ]);
  expect(await faults(gone, entry, '2027-06-01')).toEqual([]);
});

test('the schema of now keeps what was released', async () => {
  const read = (path: string) => readFileSync(path, 'utf8');
  const contract: Contract = {
    released: read('schema/released.graphql'),
    current: read('schema/schema.graphql'),
    changelog: read('CHANGELOG.md'),
    today: new Date().toISOString().slice(0, 10),
  };
  expect(await faultsOf(contract)).toEqual([]);
});
