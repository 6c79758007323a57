import type { Priced } from '../ui/price.tsx';

export const KINDS = [
  { value: 'faceid', label: 'Instant, from one photo' },
  { value: 'lora', label: 'Trained, from several' },
] as const;

export const SUBJECTS = [
  'woman',
  'man',
  'girl',
  'boy',
  'dress',
  'jacket',
  'boots',
  'shoes',
  'bag',
  'glasses',
  'chair',
  'style',
];

export interface ReferenceDraft {
  title: string;
  name: string;
  kind: (typeof KINDS)[number]['value'];
}

export const EMPTY: ReferenceDraft = { title: '', name: 'woman', kind: 'faceid' };

/** Astria's ids of the base models: Nano Banana Pro for instant references, Flux1.dev for trained ones. */
const BASE = { faceid: '3618064', lora: '1504944' } as const;

export const inputOf = ({ title, name, kind }: ReferenceDraft) => ({
  title,
  name,
  modelType: kind,
  baseTuneId: BASE[kind],
});

/** Returns what to estimate. A price depends on the number of photos only, so a URL stands for each file. */
export function estimateOf(draft: ReferenceDraft, count: number): Priced {
  const images = Array.from({ length: Math.max(1, count) }, () => ({
    url: 'https://example.com/photo.jpg',
  }));
  return { input: { createTune: { ...inputOf(draft), title: 'a reference', images } } };
}
