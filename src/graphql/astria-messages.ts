/** Reads Astria's 422 bodies, which have six shapes, as sentences for people and paths into our inputs. */
import { withoutInternals } from '../observe/secrets.ts';
import type { CallSubject } from '../upstream/errors.ts';
import { type FieldError, inShort } from './errors.ts';
import { pathIn, rootsOf } from './input-paths.ts';

interface Complaint {
  /** The field in Astria's spelling, from the outside in. Empty if the complaint is about the whole. */
  field: readonly string[];
  message: string;
}

/** Returns an error for each complaint. A complaint about no single field has the path of the whole input. */
export const readFieldErrors = (
  body: unknown,
  root: readonly string[],
  subject: CallSubject = {},
): FieldError[] =>
  complaintsIn(body, subject).map(({ field, message }) => ({
    path: [...root, ...pathIn(field, subject)],
    message,
  }));

/** Returns everything that Astria said about an input. Returns undefined if nothing of it can be read. */
export function readSentence(body: unknown, subject: CallSubject = {}): string | undefined {
  const sentences = complaintsIn(body, subject).map(({ field, message }) =>
    field.length > 0 ? `${humanized(field)} ${message}` : message,
  );
  return sentences.length > 0 ? sentences.join('. ') : undefined;
}

/**
 * Returns the message of an answer that is not about an input. Only texts for people are read, because others may reveal
 * internals.
 */
export function readMessage(body: unknown): string | undefined {
  const told = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return readSentence(Object.fromEntries(told.filter(([key]) => ABOUT_ALL.includes(key))));
}

/** Keys that hold complaints without naming a field. */
const ABOUT_ALL = ['error', 'errors', 'message', 'messages', 'base'];
/** Keys of JSON error pages that are not shown. */
const NOT_SAID = [
  'status',
  'code',
  'success',
  'exception',
  'path',
  'request_id',
  'trace',
  'traces',
];
const MAX_DEPTH = 8;
/** The most complaints that are shown. Astria may repeat everything that it was sent. */
const MAX_COMPLAINTS = 50;
const MAX_NAME = 200;
/** More characters than are shown: redaction shortens a text, and half a key at its end must not be shown. */
const READ_CHARACTERS = 4000;

const complaintsIn = (body: unknown, subject: CallSubject) => [
  ...complaintsOf(body, rootsOf(subject)).take(MAX_COMPLAINTS),
];

/**
 * Reads `{field: [messages]}`, `{errors: {field: [messages]}}`, `{errors: [messages]}`, `{error}`, `{message}` and `{base:
 * [messages]}`, nested to any sensible depth. Of Rails' own `{status, error}` it reads the `error`.
 */
function* complaintsOf(
  body: unknown,
  roots: readonly string[],
  field: readonly string[] = [],
  depth = 0,
): Generator<Complaint> {
  if (typeof body === 'string') {
    const message = plain(body);
    if (message) yield { field, message };
  }
  if (typeof body !== 'object' || body === null || depth > MAX_DEPTH) return;
  const isList = Array.isArray(body);
  for (const [key, value] of Object.entries(body)) {
    if (NOT_SAID.includes(key)) continue;
    const isName = !isList && !ABOUT_ALL.includes(key) && !(roots.includes(key) && isObject(value));
    yield* complaintsOf(value, roots, isName ? [...field, ...partsOf(key)] : field, depth + 1);
  }
}

const isObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);

/** Splits `prompts_attributes.text` and `prompts_attributes[0][text]`. */
const partsOf = (key: string) =>
  withoutInternals(key.slice(0, MAX_NAME))
    .split(/[.[\]]+/)
    .filter(Boolean);

/** Makes words as Rails does for its full messages: `cfg_scale` is "Cfg scale". */
const humanized = (field: readonly string[]) => {
  const words = field.join(' ').replace(/_id$/, '').replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

/** Removes HTML and what is not for clients. A `<` that opens no tag (`<1>`, `<lora:1:1>`) belongs to the text. */
const plain = (html: string) => {
  const text = html
    .slice(0, READ_CHARACTERS)
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return inShort(withoutInternals(text));
};
