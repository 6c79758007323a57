import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The folder is one level up, both in `src` and in `dist`. */
const FOLDER = new URL('../../schema/operations/', import.meta.url);

export interface Example {
  /** Its name in kebab-case: `create-tune`. */
  name: string;
  /** Its operation name: `CreateTune`. */
  title: string;
  /** The comment above the operation. */
  about: string;
  /** The effect of running it. */
  kind: 'read' | 'pay' | 'change';
  query: string;
  /** Sample variables, as JSON. The operation has no defaults, so that a program cannot spend money by accident. */
  variables: string;
}

/**
 * The tabs of GraphiQL, in the order for learning. The first one costs nothing, nor do the others that read. Two operations
 * that belong together share a tab: one estimates and the other spends, one generates and the other watches.
 */
export const TABS: readonly string[][] = [
  ['tunes'],
  ['prompts-with-tunes'],
  ['tune-with-prompts'],
  ['packs-with-prices'],
  ['create-tune'],
  ['create-prompt', 'prompt-live'],
  ['estimate-cost', 'create-video-within'],
  ['videos'],
];

/** Returns all example operations by name. */
export const exampleOperations = (): Example[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readExample(file.replace(/\.graphql$/, '')));

function readExample(name: string): Example {
  const samples = new URL(`${name}.variables.json`, FOLDER);
  const query = readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8');
  const [, type, title = name] = /^(query|mutation|subscription) (\w+)/m.exec(query) ?? [];
  const about = query.slice(0, query.search(/^[^#]/m)).replace(/^# |\n$/gm, '');
  return {
    name,
    title,
    about: about.replaceAll('\n', ' '),
    // A mutation that costs money takes an idempotency key.
    kind: type === 'mutation' ? (query.includes('idempotencyKey') ? 'pay' : 'change') : 'read',
    query,
    variables: existsSync(samples) ? readFileSync(samples, 'utf8') : '{}',
  };
}
