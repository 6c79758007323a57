import type { Prompt, TuneExcerpt } from './rest.ts';

/** A tune that the text of a prompt refers to, or the prompt of its video. */
export interface Reference {
  /** Whose text it stands in. */
  prompt: Prompt;
  type: string;
  tuneId: number;
  /** Null where the token gives none. */
  strength: number | null;
  /** What the prompt itself tells of the tune. */
  excerpt: TuneExcerpt | undefined;
}

/**
 * `<lora:1858416:1>`, `<faceid:4076525:1.0>`. `<1>` is the subject's token and refers to no other tune. Bounded, since
 * anybody's text comes by here: no number is larger than a number can be, and no search takes long.
 */
const TOKEN = /<([a-z][\w-]{0,30}):([1-9]\d{0,14})(?::(-?\d{0,9}(?:\.\d{0,9})?))?>/gi;

/** More stand in no text that means anything. */
const MAX_REFERENCES = 100;

/** Those of a longer text are looked for once, under however many names they are asked for. */
const LONG_TEXT = 1000;
const known = new WeakMap<Prompt, readonly Reference[]>();

/** The first references in a prompt's text, and then in its video's own, in their order. */
export function referencesIn(prompt: Prompt): readonly Reference[] {
  const { text: told, video_prompt } = prompt;
  const text = video_prompt ? `${told ?? ''}\n${video_prompt}` : (told ?? '');
  if (text.length < LONG_TEXT) return find(prompt, text);
  const found = known.get(prompt) ?? find(prompt, text);
  known.set(prompt, found);
  return found;
}

const find = (prompt: Prompt, text: string): Reference[] =>
  [...text.matchAll(TOKEN).take(MAX_REFERENCES)].map(([, type, id, strength]) => ({
    prompt,
    type: (type as string).toLowerCase(),
    tuneId: Number(id),
    strength: strength ? Number.parseFloat(strength) : null,
    excerpt: prompt.tunes?.find((tune) => tune.id === Number(id)),
  }));
