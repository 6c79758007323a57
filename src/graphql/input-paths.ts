/** Where in our input a complaint of Astria's belongs: at a place that was sent, as near to its field as there is one. */
import type { CallSubject, NestedInput, RowNames } from '../upstream/errors.ts';
import { mediaFieldOf } from './media.ts';

/** What Rails calls prompts within something else: by their parameter, or as belongings. */
const NESTED = ['prompts_attributes', 'prompt_attributes', 'prompts', 'prompt'];

type Fields = Readonly<Record<string, unknown>>;

/** `field` is in Astria's spelling, from the outside in. The path is empty where the whole is meant. */
export function pathIn(field: readonly string[], subject: CallSubject): string[] {
  const { nested, body = {} } = subject;
  const sent = body as Fields;
  const told = belowRoot(field, sent);
  if (nested && told[0] && NESTED.includes(told[0])) {
    return [...nestOf(nested, sent), ...told.slice(1).map(ourName)];
  }
  const [name, ...rest] = byIds(told, subject);
  if (name === undefined) return [];
  const renamed = nested?.names && Object.hasOwn(nested.names, name) && nested.names[name];
  if (renamed) return [renamed, ...rest.map(ourName)];
  const nest = nested && isNested(name, nested, sent) ? nestOf(nested, sent) : [];
  return [...nest, ...[name, ...rest].map(ourName)];
}

/** Rails' root keys, under which the fields of an object are sent, and may be told. */
export const rootsOf = ({ body = {} }: CallSubject): readonly string[] =>
  Object.entries(body).flatMap(([key, value]) => (isObject(value) ? key : []));

/** `tune.title` of what was sent as a tune is its `title`. */
function belowRoot(field: readonly string[], sent: Fields): readonly string[] {
  const [root = '', ...rest] = field;
  return rest.length > 0 && rootsOf({ body: sent }).includes(root) ? rest : field;
}

/** Rails names a belonging by its object, our inputs by its id; and of what is named by its id alone there is no inside. */
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

const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A parameter that both may have is that of the one it was sent to. */
const isNested = (name: string, { parameters, at }: NestedInput, sent: Fields) =>
  parameters.includes(name) && !(at.length > 1 && isIn(sent[at[0] ?? ''], name));

const isIn = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);

/** Nothing where it was not sent, or is not nested in our input. */
function nestOf({ under, at }: NestedInput, sent: Fields): string[] {
  const value = at.reduce<unknown>((owner, key) => (owner as Fields | undefined)?.[key], sent);
  const isSent = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return under && isSent ? [under] : [];
}

/** Astria's own words for what is called otherwise here; and a picture to inspect is `image`. */
const OUR_NAMES: Record<string, string> = {
  orig_prompt_id: 'originalPromptId',
  orig_images: 'images',
  generate_audio: 'videoAudio',
  file: 'image',
  file_url: 'image',
};

/** In camelCase; a media field, in either of Astria's forms, is found under its one name here. */
export const ourName = (name: string) =>
  (Object.hasOwn(OUR_NAMES, name) && OUR_NAMES[name]) || camelCase(mediaFieldOf(name) ?? name);

const camelCase = (name: string) => name.replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());
