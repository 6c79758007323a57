import { readFileSync } from 'node:fs';

/** The folder is two levels up, both in `src` and in `dist`. */
const MANIFEST = new URL('../../../schema/trusted-documents.json', import.meta.url);

interface Manifest {
  operations: { name: string; body: string }[];
}

/**
 * Returns the text of each shipped operation by its name. It is the text of the manifest, so that an operator who trusts the
 * manifest trusts what tools run.
 */
export function shippedDocuments(): ReadonlyMap<string, string> {
  const { operations } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  return new Map(operations.map(({ name, body }) => [name, body]));
}

/** The operations of tools. Their files are in `schema/agents`. */
export const isOfAgents = (name: string) => name.startsWith('Agent');
