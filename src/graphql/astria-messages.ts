/** Astria's 422 bodies, in their six shapes, as sentences for a person and paths into our inputs. */
import type { FieldError } from './errors.ts';
import { mediaFieldOf } from './media.ts';

interface Complaint {
  /** In Astria's spelling; undefined where the complaint is about the whole. */
  field: string | undefined;
  message: string;
}

/** One per complaint; what concerns no single field has the path of the whole input. */
export const readFieldErrors = (body: unknown, root: readonly string[]): FieldError[] =>
  complaintsOf(body).map(({ field, message }) => ({
    path: [...root, ...(field ? inputPath(field) : [])],
    message,
  }));

/** Everything Astria said, or undefined where it said nothing that can be read. */
export function readSentence(body: unknown): string | undefined {
  const sentences = complaintsOf(body).map(({ field, message }) =>
    field ? `${humanized(field)} ${message}` : message,
  );
  return sentences.length > 0 ? sentences.join('. ') : undefined;
}

/**
 * `{field: [messages]}`, `{errors: {field: [messages]}}`, `{errors: [messages]}`, `{error}`, `{message}` and
 * `{base: [messages]}`. Rails' own `{status, error}` reads as its `error`.
 */
function complaintsOf(body: unknown): Complaint[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => {
    if (key === 'errors' && typeof value === 'object' && !Array.isArray(value)) {
      return complaintsOf(value);
    }
    const field = ['error', 'errors', 'message', 'base'].includes(key) ? undefined : key;
    return [value]
      .flat()
      .filter(isText)
      .map((text) => ({ field, message: plain(text) }));
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** `prompts_attributes.text` is `["promptsAttributes", "text"]`; a media field is found under its name here. */
const inputPath = (field: string) =>
  field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((name) => camelCase(mediaFieldOf(name) ?? name));

const camelCase = (name: string) => name.replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());

/** As Rails does for its full messages: `cfg_scale` is "Cfg scale". */
const humanized = (field: string) => {
  const words = field.replace(/_id$/, '').replace(/[_.]+/g, ' ').trim();
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

/** Without HTML. A `<` that opens no tag (`<1>`, `<lora:1:1>`) is part of what is said. */
const plain = (html: string) =>
  html
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
