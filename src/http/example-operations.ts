import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One folder up from here, in `src` and in `dist`. */
const FOLDER = new URL('../../schema/operations/', import.meta.url);

export interface Example {
  /** `create-tune` */
  name: string;
  /** `CreateTune` */
  title: string;
  /** What the comment above it says. */
  about: string;
  /** What running it does. */
  kind: 'read' | 'pay' | 'change';
  query: string;
  /** To try it with, in JSON. The operation itself has no defaults, so that no program spends by mistake what a sample costs. */
  variables: string;
}

/**
 * Those that teach, in the order in which one learns: the first is free to run, and so are all that read. Two that go together
 * share a tab: pictures are asked for in it, and are seen to arrive.
 */
export const TABS: readonly string[][] = [
  ['tunes'],
  ['prompts-with-tunes'],
  ['tune-with-prompts'],
  ['viewer'],
  ['packs-with-prices'],
  ['create-tune'],
  ['create-prompt', 'prompt-live'],
  ['videos'],
];

/** By name. */
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
    // What costs money takes a key by which it is paid for once.
    kind: type !== 'mutation' ? 'read' : query.includes('idempotencyKey') ? 'pay' : 'change',
    query,
    variables: existsSync(samples) ? readFileSync(samples, 'utf8') : '{}',
  };
}
