import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One folder up from here, in `src` and in `dist`. */
const FOLDER = new URL('../../schema/operations/', import.meta.url);

export interface Example {
  /** `create-tune` */
  name: string;
  query: string;
  /** To try it with, in JSON. The operation itself has no defaults, so that no program spends by mistake what a sample costs. */
  variables: string;
}

/** Queries first: the tab of GraphiQL that is open at first must be free to run. */
export function exampleOperations(): Example[] {
  const examples = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readExample(file.replace(/\.graphql$/, '')));
  const isMutation = ({ query }: Example) => /^mutation/m.test(query);
  return [...examples.filter((one) => !isMutation(one)), ...examples.filter(isMutation)];
}

function readExample(name: string): Example {
  const samples = new URL(`${name}.variables.json`, FOLDER);
  return {
    name,
    query: readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8'),
    variables: existsSync(samples) ? readFileSync(samples, 'utf8') : '{}',
  };
}
