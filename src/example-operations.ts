import { readdirSync, readFileSync } from 'node:fs';

/** One folder up from here, in `src` and in `dist`. */
const FOLDER = new URL('../schema/operations/', import.meta.url);

/** Queries first: the tab of GraphiQL that is open at first must be free to run. */
export function exampleOperations(): string[] {
  const operations = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));
  const isMutation = (operation: string) => /^mutation/m.test(operation);
  return [
    ...operations.filter((operation) => !isMutation(operation)),
    ...operations.filter(isMutation),
  ];
}
