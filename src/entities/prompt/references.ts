import type { Prompt, TuneExcerpt } from './rest.ts';

/** A tune that is named in the text of a prompt or of its video. */
export interface Reference {
  type: string;
  tuneId: number;
  /** Null if the token has none. */
  strength: number | null;
  /** What the prompt itself contains of the tune. */
  excerpt: TuneExcerpt | undefined;
}

/**
 * `<lora:1858416:1>`, `<faceid:4076525:1.0>`. `<1>` is the subject token and names no tune. All lengths are bounded, because
 * the texts are anybody's: numbers stay safe integers and matching stays fast.
 */
const TOKEN = /<([a-z][\w-]{0,30}):([1-9]\d{0,14})(?::(-?\d{0,9}(?:\.\d{0,9})?))?>/gi;

/** A meaningful text has fewer. */
const MAX_REFERENCES = 100;

/** The references of a longer text are cached, in case they are selected under several aliases. */
const LONG_TEXT = 1000;
const known = new WeakMap<Prompt, readonly Reference[]>();

/** Returns the first references in the text of a prompt, then those in the text of its video. */
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
    type: (type as string).toLowerCase(),
    tuneId: Number(id),
    strength: strength ? Number.parseFloat(strength) : null,
    excerpt: prompt.tunes?.find((tune) => tune.id === Number(id)),
  }));
