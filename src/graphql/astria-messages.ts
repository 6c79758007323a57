/** Astria's 422 bodies, in their six shapes, as sentences for a person and paths into our inputs. */
import { withoutKeys } from '../secrets.ts';
import type { CallSubject } from '../upstream/errors.ts';
import type { FieldError } from './errors.ts';
import { pathIn, ROOTS } from './input-paths.ts';

interface Complaint {
  /** In Astria's spelling, from the outside in; empty where the complaint is about the whole. */
  field: readonly string[];
  message: string;
}

/** One per complaint; what concerns no single field has the path of the whole input. */
export const readFieldErrors = (
  body: unknown,
  root: readonly string[],
  subject: CallSubject = {},
): FieldError[] =>
  complaintsOf(body).map(({ field, message }) => ({
    path: [...root, ...pathIn(field, subject)],
    message,
  }));

/** Everything Astria said of an input, or undefined where it said nothing that can be read. */
export function readSentence(body: unknown): string | undefined {
  const sentences = complaintsOf(body).map(({ field, message }) =>
    field.length > 0 ? `${humanized(field)} ${message}` : message,
  );
  return sentences.length > 0 ? sentences.join('. ') : undefined;
}

/** The same of an answer that is not about an input: only what is meant for people, since the rest may tell of the inside. */
export function readMessage(body: unknown): string | undefined {
  const told = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return readSentence(Object.fromEntries(told.filter(([key]) => ABOUT_ALL.includes(key))));
}

/** Keys that hold complaints without naming a field. */
const ABOUT_ALL = ['error', 'errors', 'message', 'messages', 'base'];
/** What an error page in JSON tells beside its message. */
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

/**
 * `{field: [messages]}`, `{errors: {field: [messages]}}`, `{errors: [messages]}`, `{error}`, `{message}` and
 * `{base: [messages]}`, in each other to any sensible depth. Rails' own `{status, error}` reads as its `error`.
 */
function complaintsOf(body: unknown, field: readonly string[] = [], depth = 0): Complaint[] {
  if (typeof body === 'string') {
    const message = plain(body);
    return message ? [{ field, message }] : [];
  }
  if (typeof body !== 'object' || body === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(body)) return body.flatMap((item) => complaintsOf(item, field, depth + 1));
  return Object.entries(body).flatMap(([key, value]) => {
    if (NOT_SAID.includes(key)) return [];
    const isName = !ABOUT_ALL.includes(key) && !(ROOTS.includes(key) && isObject(value));
    return complaintsOf(value, isName ? [...field, ...partsOf(key)] : field, depth + 1);
  });
}

const isObject = (value: unknown) => typeof value === 'object' && !Array.isArray(value);

/** `prompts_attributes.text`, `prompts_attributes[0][text]`. */
const partsOf = (key: string) =>
  withoutKeys(key)
    .split(/[.[\]]+/)
    .filter(Boolean);

/** As Rails does for its full messages: `cfg_scale` is "Cfg scale". */
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

/** Without HTML, and without the key, should Astria repeat it. A `<` that opens no tag (`<1>`, `<lora:1:1>`) is part of what is said. */
const plain = (html: string) =>
  withoutKeys(html)
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
