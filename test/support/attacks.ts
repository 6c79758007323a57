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
    'repeatedFields',
  ],
  'repeated nests': [
    `{ ${times(30, (index) => `tune(id: 1) { ${times(18, (n) => `baseTune { x${index}_${n}: id }`)} }`)} }`,
    'fields',
  ],
  'merged nests': [
    `{ tune(id: 1) { ${times(90, (index) => `baseTune { baseTune { baseTune { x${index}: id } } }`)} } }`,
    'repeatedFields',
  ],
  'alias overloading': [`{ ${times(500, (index) => `a${index}: __typename`)} }`, 'rootFields'],
  'aliases within': [`{ tune(id: 1) { ${times(101, (index) => `a${index}: title`)} } }`, 'aliases'],
  'directive overloading': [`{ __typename ${times(2000, () => '@aa')} }`, 'directives'],
  'a deep query': [`{ tune(id: 1) { ${'baseTune { '.repeat(1200)} id ${'}'.repeat(1202)}`, 'depth'],
  'a deep list': [
    `{ tunes(first: ${'['.repeat(2400)}${']'.repeat(2400)}) { nodes { id } } }`,
    'depth',
  ],
  'many operations': [times(51, (index) => `query Q${index} { __typename }`), 'operations'],
  'many fragments': [
    `{ tune(id: 1) { ${times(300, (n) => `...F${n}`)} } } ${times(300, (n) => `fragment F${n} on Tune { id }`)}`,
    'fragments',
  ],
  'fragments that double': [
    `{ tune(id: 1) { ...F0 } } ${times(90, (n) => `fragment F${n} on Tune { ...F${n + 1} ...F${n + 1} }`)} fragment F90 on Tune { id }`,
    'fields',
  ],
  'circular fragments': [
    `{ tune(id: 1) { ...F0 } } ${times(15, (n) => `fragment F${n} on Tune { ${times(15, (m) => `...F${(n + m) % 15}`)} }`)}`,
    undefined,
  ],
  'circular fragments of fields': [
    '{ tune(id: 1) { ...F } } fragment F on Tune { a: baseTune { ...F } b: baseTune { ...F } }',
    undefined,
  ],
  'circular introspection': [
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    'introspectionLists',
  ],
  'introspection twice over': [
    `{ a: __schema { ${introspection.slice(introspection.indexOf('types'))}`.replace(
      '{ a: __schema {',
      '{ a: __schema { types { name } } b: __schema {',
    ),
    'introspectionAliases',
  ],
  introspection: [introspection, undefined],
  'field suggestions': [`{ ${times(49, (index) => `tunez${index}`)} }`, undefined],
  'far-off suggestions': [`{ ${times(49, () => 'prompts'.repeat(28))} }`, undefined],
  'suggestions for long names': [`{ ${times(49, () => 'prompts'.repeat(200))} }`, 'nameCharacters'],
  'many variables': [`query (${times(1200, (n) => `$v${n}: Int`)}) { __typename }`, undefined],
  'fragments with one another': [
    `{ tune(id: 1) { ${times(99, (n) => `...F${n}`)} } } ${times(99, (n) => `fragment F${n} on Tune { x${n}: id }`)}`,
    undefined,
  ],
};
