/** Where in our input a complaint of Astria's belongs: at a place that was sent, as near to its field as there is one. */
import type { CallSubject, NestedInput } from '../upstream/errors.ts';
import { mediaFieldOf } from './media.ts';

/** Rails' root keys, under which the fields of an object may stand. */
export const ROOTS = ['tune', 'prompt', 'pack', 'workspace', 'theme'];

/** What Rails calls prompts within something else: by their parameter, or as belongings. */
const NESTED = ['prompts_attributes', 'prompt_attributes', 'prompts', 'prompt'];

type Fields = Readonly<Record<string, unknown>>;

/** `field` is in Astria's spelling, from the outside in. The path is empty where the whole is meant. */
export function pathIn(field: readonly string[], { nested, body = {} }: CallSubject): string[] {
  const sent = body as Fields;
  const [name, ...rest] = belowRoot(field, sent);
  if (name === undefined) return [];
  if (nested && NESTED.includes(name)) return [...nestOf(nested, sent), ...rest.map(ourName)];
  const renamed = nested?.names && Object.hasOwn(nested.names, name) && nested.names[name];
  if (renamed) return [renamed, ...rest.map(ourName)];
  // Of something that is named by its id alone, there is no inside.
  if (Object.hasOwn(BELONGINGS, name) && rest.length > 0) return [ourName(name)];
  const nest = nested && isNested(name, nested, sent) ? nestOf(nested, sent) : [];
  return [...nest, ...[name, ...rest].map(ourName)];
}

/** `tune.title` of what was sent as a tune is its `title`. */
function belowRoot(field: readonly string[], sent: Fields): readonly string[] {
  const [root = '', ...rest] = field;
  return rest.length > 0 && ROOTS.includes(root) && Object.hasOwn(sent, root) ? rest : field;
}

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

/** Rails names a belonging by its object, our inputs by its id. */
const BELONGINGS: Record<string, string> = {
  tune: 'tuneId',
  base_tune: 'baseTuneId',
  pack: 'packId',
  base_pack: 'basePackId',
  workspace: 'workspaceId',
  orig_prompt: 'originalPromptId',
};

/** Astria's own words for what is called otherwise here; and a picture to inspect is `image`. */
const OUR_NAMES: Record<string, string> = {
  ...BELONGINGS,
  tunes: 'tuneIds',
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
