/** One account as Astria answers it; there are several, so that no server is measured on what it was tuned to alone. */

/** Stands where the upstream puts the key of whoever asks, so that no two callers have the same rows. */
// Looks like a key, so that whoever lets it through is found out by the bytes alone.
export const KEY = 'sd_KEY';

export const BODIES = ['usual', 'other'] as const;
export type BodiesName = (typeof BODIES)[number];

interface TuneRow {
  id: number;
}
interface PromptRow {
  id: number;
  tune_id: number;
}

export interface BodySet {
  name: BodiesName;
  /** How many rows the queries ask for. */
  page: number;
  /** Newest first, as Astria lists them: more than ten pages. */
  tunes: readonly TuneRow[];
  /** Those that the prompts name. */
  usedTunes: readonly TuneRow[];
  prompts: readonly PromptRow[];
  /** A body as it goes over the wire. */
  write(body: unknown): string;
}
