/** Finds the path in our input of a complaint by Astria. It ends as close to the field as the input goes. */
import type { CallSubject, NestedInput, RowNames } from '../upstream/errors.ts';
import { mediaFieldOf } from './media.ts';

/** Rails' names for prompts inside another object: the parameter, or the association. */
const NESTED = ['prompts_attributes', 'prompt_attributes', 'prompts', 'prompt'];

type Fields = Readonly<Record<string, unknown>>;

/** `field` is in Astria's spelling, from the outside in. The path is empty if the complaint is about the whole input. */
export function pathIn(field: readonly string[], subject: CallSubject): string[] {
  const { nested, body = {} } = subject;
  const sent = body as Fields;
  const told = belowRoot(field, sent);
  if (nested && told[0] && NESTED.includes(told[0])) {
    return [...nestOf(nested, sent), ...told.slice(1).map(ourName)];
  }
  const [name, ...rest] = byIds(told, subject);
  if (name === undefined) return [];
  const { renamed: renamings = {} } = nested ?? {};
  const renamed = Object.hasOwn(renamings, name) && renamings[name];
  if (renamed) return [renamed, ...rest.map(ourName)];
  const nest = nested && isNested(name, nested, sent) ? nestOf(nested, sent) : [];
  return [...nest, ...[name, ...rest].map(ourName)];
}

/** Returns Rails' root keys, which contain the fields of an object. Astria may mention them in a complaint. */
export const rootsOf = ({ body = {} }: CallSubject): readonly string[] =>
  Object.entries(body).flatMap(([key, value]) => (isObject(value) ? key : []));

/** Removes the root key: in a tune that was sent, `tune.title` is its `title`. */
function belowRoot(field: readonly string[], sent: Fields): readonly string[] {
  const [root = '', ...rest] = field;
  return rest.length > 0 && rootsOf({ body: sent }).includes(root) ? rest : field;
}

/**
 * Rails names an associated object by its name, our inputs by its id. An id has no fields, so the rest of the path is dropped.
 */
function byIds(field: readonly string[], { names = {} }: CallSubject): readonly string[] {
  const [name, ...rest] = field;
  if (name === undefined) return field;
  const known = ['workspace_id', ...fieldsIn(names)];
  const one = known.find((each) => each === `${name}_id`);
  const several = known.find((each) => each === `${name.replace(/s$/, '')}_ids`);
  if (one) return [one];
  return several ? [several, ...rest] : field;
}

const fieldsIn = (names: RowNames): string[] =>
  typeof names === 'string'
    ? []
    : Object.entries(names).flatMap(([field, inner]) => [field, ...fieldsIn(inner)]);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A parameter that exists on both levels belongs to the level on which it was sent. */
const isNested = (name: string, { parameters, at }: NestedInput, sent: Fields) =>
  parameters.includes(name) && !(at.length > 1 && isIn(sent[at[0] ?? ''], name));

const isIn = (value: unknown, name: string) => isObject(value) && Object.hasOwn(value, name);

/** Returns an empty path if the nested input was not sent, or if our input does not nest it. */
function nestOf({ under, at }: NestedInput, sent: Fields): string[] {
  const value = at.reduce<unknown>((owner, key) => (owner as Fields | undefined)?.[key], sent);
  const isSent = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return under && isSent ? [under] : [];
}

/** Our names for fields that Astria calls differently. `file` is only used for a picture to inspect. */
const OUR_NAMES: Record<string, string> = {
  orig_prompt_id: 'originalPromptId',
  orig_images: 'images',
  generate_audio: 'videoAudio',
  file: 'image',
  file_url: 'image',
};

/** Returns our name in camelCase. Both of Astria's forms of a media field have one name here. */
export const ourName = (name: string) =>
  (Object.hasOwn(OUR_NAMES, name) && OUR_NAMES[name]) || camelCase(mediaFieldOf(name) ?? name);

const camelCase = (name: string) => name.replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());
