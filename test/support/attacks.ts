/** What hostile clients send: documents that are small, and were once dear. */
import { getIntrospectionQuery } from 'graphql';

export const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const introspection = getIntrospectionQuery();

/** By name: the document, and the limit that it meets; undefined where it is refused by the rules, or does no harm. */
export const ATTACKS: Record<string, [document: string, limit: string | undefined]> = {
  'a long document': [`{ __typename } #${'x'.repeat(100_000)}`, 'documentCharacters'],
  'field duplication': [`{ ${times(4900, () => '__typename')} }`, 'fields'],
  'many tokens': [`{ ${times(30_000, () => 'id')} }`, 'tokens'],
  'repeated arguments': [
    `{ tune(id: 1) { ${times(700, (index) => `reference(strength: ${index})`)} } }`,
    'fieldComparisons',
  ],
  'repeated nests': [
    `{ ${times(30, (index) => `tune(id: 1) { ${times(18, (n) => `baseTune { x${index}_${n}: id }`)} }`)} }`,
    'fields',
  ],
  'merged nests': [
    `{ tune(id: 1) { ${times(90, (index) => `baseTune { baseTune { baseTune { x${index}: id } } }`)} } }`,
    undefined,
  ],
  'merged lists': [
    `{ tunes { nodes { ${times(300, () => 'prompts { nodes { id } }')} } } }`,
    undefined,
  ],
  'a field again and again': [
    `{ tune(id: 1) { ${times(990, () => 'title')} } }`,
    'fieldComparisons',
  ],
  'alias overloading': [`{ ${times(500, (index) => `a${index}: __typename`)} }`, 'rootFields'],
  'aliases within': [`{ tune(id: 1) { ${times(101, (index) => `a${index}: title`)} } }`, 'aliases'],
  'directive overloading': [`{ __typename ${times(2000, () => '@aa')} }`, 'directives'],
  'a deep query': [`{ tune(id: 1) { ${'baseTune { '.repeat(1200)} id ${'}'.repeat(1202)}`, 'depth'],
  'a deep list': [
    `{ tunes(first: ${'['.repeat(2400)}${']'.repeat(2400)}) { nodes { id } } }`,
    'depth',
  ],
  'many operations': [times(900, (index) => `query Q${index} { __typename }`), undefined],
  'operations with a chain of fragments': [
    `${times(300, (n) => `query Q${n} { ...F0 }`)} ${times(280, (n) => `fragment F${n} on Query { ...F${n + 1} }`)} fragment F280 on Query { __typename }`,
    'fields',
  ],
  'spreads of a chain of fragments': [
    `{ tune(id: 1) { ${times(600, () => '...F0')} } } ${times(300, (n) => `fragment F${n} on Tune { ...F${n + 1} }`)} fragment F300 on Tune { id }`,
    'fields',
  ],
  'many fragments': [
    `{ tune(id: 1) { ${times(300, (n) => `...F${n}`)} } } ${times(300, (n) => `fragment F${n} on Tune { id }`)}`,
    undefined,
  ],
  'fragments that double': [
    `{ tune(id: 1) { ...F0 } } ${times(90, (n) => `fragment F${n} on Tune { ...F${n + 1} ...F${n + 1} }`)} fragment F90 on Tune { id }`,
    'fields',
  ],
  'circular fragments': [
    `{ tune(id: 1) { ...F0 } } ${times(15, (n) => `fragment F${n} on Tune { ${times(15, (m) => `...F${(n + m) % 15}`)} }`)}`,
    'fields',
  ],
  'circular fragments of fields': [
    '{ tune(id: 1) { ...F } } fragment F on Tune { a: baseTune { ...F } b: baseTune { ...F } }',
    undefined,
  ],
  'circular introspection': [
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    undefined,
  ],
  'introspection twice over': [
    `{ a: __schema { ${introspection.slice(introspection.indexOf('types'))}`.replace(
      '{ a: __schema {',
      '{ a: __schema { types { name } } b: __schema {',
    ),
    'aliases',
  ],
  'introspection under aliases': [
    `{ ${times(12, (n) => `a${n}: __schema { types { ...T } }`)} } fragment T on __Type { ${times(7, (n) => `f${n}: fields { name }`)} }`,
    'aliases',
  ],
  'introspection in a mutation': [
    'mutation { createWorkspace(input: { title: "x" }) { query { __schema { a: types { name } b: types { name } } } } }',
    'aliases',
  ],
  introspection: [introspection, undefined],
  'field suggestions': [`{ ${times(49, (index) => `tunez${index}`)} }`, undefined],
  'far-off suggestions': [`{ ${times(49, () => 'prompts'.repeat(28))} }`, undefined],
  'suggestions for long names': [`{ ${times(49, () => 'prompts'.repeat(200))} }`, undefined],
  'lines and lines': [`${'\n'.repeat(5001)}{ __typename }`, 'tokens'],
  'suggestions far down': [
    `${'\n'.repeat(2400)}{ ${times(49, (index) => `tunez${index}`)} }`,
    undefined,
  ],
  'many variables': [`query (${times(1200, (n) => `$v${n}: Int`)}) { __typename }`, undefined],
  'fragments with one another': [
    `{ tune(id: 1) { ${times(99, (n) => `...F${n}`)} } } ${times(99, (n) => `fragment F${n} on Tune { x${n}: id }`)}`,
    undefined,
  ],
};
