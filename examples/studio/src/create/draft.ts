import type { EstimateInput, Priced } from '../ui/price.tsx';

export const MODELS = [
  { value: 'gemini', label: 'Nano Banana Pro' },
  { value: 'seedream', label: 'Seedream 4.5' },
  { value: 'tune', label: 'Own tune' },
] as const;

export type ModelName = (typeof MODELS)[number]['value'];

/** What the form holds, as a person edits it. */
export interface Draft {
  text: string;
  model: ModelName;
  tuneId: string;
  aspectRatio: string;
  numImages: number;
  resolution: string;
  seed: string;
}

export const EMPTY: Draft = {
  text: '',
  model: 'gemini',
  tuneId: '',
  aspectRatio: '3:4',
  numImages: 2,
  resolution: '1K',
  seed: '',
};

export const RATIOS = ['1:1', '4:5', '3:4', '2:3', '9:16', '5:4', '4:3', '3:2', '16:9'];

/** The fields of the form, by their names in the gateway's messages. */
export const FIELDS = ['text', 'tuneId', 'aspectRatio', 'numImages', 'resolution', 'seed'];

interface Common {
  text: string;
  aspectRatio: string;
  numImages: number;
  seed?: number;
}

const commonOf = ({ text, aspectRatio, numImages, seed }: Draft): Common => ({
  text,
  aspectRatio,
  numImages,
  // The gateway checks it, and its message stands at the field.
  ...(seed.trim() !== '' && { seed: Number(seed) }),
});

export const geminiInput = (draft: Draft) => ({
  ...commonOf(draft),
  resolution: draft.resolution,
});

export const seedreamInput = (draft: Draft) => commonOf(draft);

export const tuneInput = (draft: Draft) => ({ ...commonOf(draft), tuneId: draft.tuneId });

/** Returns what to estimate. It does not depend on the text, so typing sends no request. */
export function estimateOf(draft: Draft): Priced | undefined {
  const input = inputOf(draft);
  const one = inputOf({ ...draft, numImages: 1 });
  return input && one && { input, one, count: draft.numImages };
}

function inputOf(draft: Draft): EstimateInput | undefined {
  const priced = { ...draft, text: 'a picture', seed: '' };
  if (draft.model === 'gemini') return { generateWithGemini: geminiInput(priced) };
  if (draft.model === 'seedream') return { generateWithSeedream: seedreamInput(priced) };
  return draft.tuneId === '' ? undefined : { createPrompt: tuneInput(priced) };
}
