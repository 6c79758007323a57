/** Reads files of trusted documents, in the forms that client tools write. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

export interface TrustedDocument {
  /** The path of the file that contains the document. */
  file: string;
  /** The id in the file, which is mostly a hash of the text. */
  id: string;
  /** The name of the operation. Undefined if the file does not contain it. */
  name: string | undefined;
  text: string;
}

/** The GraphQL over HTTP specification says that an id of this form is the SHA-256 of the document. */
export const BY_HASH = 'sha256:';
export const digestOf = (text: string) => BY_HASH + hash('sha256', text);

/** The file of Apollo's `generate-persisted-query-manifest`. */
const OfApollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string().optional(), body: z.string() })),
});

/** All documents are held in memory, ready to run. This many characters take 80 MB and some 5 seconds. */
const MAX_CHARACTERS = 1_000_000;

/** The variable contains paths, separated by commas. */
export const Manifests = z
  .string()
  .transform((paths, { addIssue }) => {
    const documents: TrustedDocument[] = [];
    try {
      for (const path of paths.split(',')) documents.push(...documentsIn(path.trim()));
      check(documents);
      return documents;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      addIssue(error.message);
      return z.NEVER;
    }
  })
  .optional();

class Fault extends Error {}

function documentsIn(file: string): TrustedDocument[] {
  const content = contentOf(file);
  const apollo = OfApollo.safeParse(content);
  if (apollo.success) {
    return apollo.data.operations.map(({ id, name, body: text }) => ({ file, id, name, text }));
  }
  // The form of codegen's client preset and of Relay's compiler.
  if (!isTexts(content)) {
    throw new Fault(
      `names a file that is no manifest: ${file} must hold an object of documents by their ids, as codegen and Relay write it, or Apollo's apollo-persisted-query-manifest of version 1`,
    );
  }
  return Object.entries(content).map(([id, text]) => ({ file, id, name: undefined, text }));
}

const isTexts = (content: unknown): content is Record<string, string> =>
  typeof content === 'object' &&
  content !== null &&
  !Array.isArray(content) &&
  Object.values(content).every((value) => typeof value === 'string');

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Fault(
      code
        ? `names a file that cannot be read (${code}): ${file}`
        : `names a file that is no JSON: ${file}`,
    );
  }
}

function check(documents: readonly TrustedDocument[]) {
  if (documents.length === 0) throw new Fault('names files that hold no document');
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > MAX_CHARACTERS) {
    throw new Fault(
      `names documents of ${characters} characters together, but at most ${MAX_CHARACTERS} are allowed: leave out those of versions that are not used any more`,
    );
  }
  const texts = new Map<string, TrustedDocument>();
  for (const document of documents) {
    const { id, text, file } = document;
    if (id.startsWith(BY_HASH) && id !== digestOf(text)) {
      throw new Fault(`names a document whose id (${id}) is not the hash of its text: in ${file}`);
    }
    const other = texts.get(id);
    if (other && other.text !== text) {
      throw new Fault(`names two documents by one id (${id}): in ${other.file} and in ${file}`);
    }
    texts.set(id, document);
  }
}
