/**
 * Astria's published prices of video models. Each is a span, because the list does not name everything that decides on a price.
 */
import type { Known, Span } from './estimate.ts';
import list from './video-prices.json' with { type: 'json' };

interface Listed {
  cents: number;
  /** The possible durations in seconds: `4-15`, or `5,10`. */
  durations: string;
}

const MODELS = new Map<string, Listed>(Object.entries(list.models));
const [DAY = ''] = /\d{4}-\d\d-\d\d/.exec(list.source) ?? [];
export const PUBLISHED_AT = `${DAY}T00:00:00.000Z`;
const MILLI_CENTS_PER_CENT = 1000;
/**
 * The list gives the price of a base duration, but does not name that duration. It is either the shortest one or, if the model
 * allows it, this one.
 */
const USUAL_SECONDS = 5;
/** The factor for a safe upper end. The only known real row cost 1.8 % more than the more expensive reading of the list. */
const RESERVE = 1.05;

export interface AskedVideo {
  model: string;
  seconds: number | null | undefined;
  hasAudio: boolean;
}

/** Returns undefined if the model is not on the list. */
export function publishedPrice({ model, seconds, hasAudio }: AskedVideo): Known | undefined {
  const spans = namesOf(model, hasAudio).flatMap((name) => {
    const listed = MODELS.get(name);
    return listed ? spanOf(listed, seconds) : [];
  });
  const [plain] = spans;
  if (!plain || !MODELS.has(model)) return undefined;
  const high = Math.max(...spans.map((span) => span.high));
  const span = { ...plain, likely: spans.at(-1)?.likely ?? plain.likely, high };
  return { basis: 'LIST', span, samples: 0, asOf: PUBLISHED_AT };
}

/** Some models have a second entry for video with sound: `veo31_fast_720p` has `veo31_fast_audio_720p`. */
const namesOf = (model: string, hasAudio: boolean) =>
  hasAudio ? [model, `${model}_audio`, model.replace(/_([^_]+)$/, '_audio_$1')] : [model];

function spanOf({ cents, durations }: Listed, asked: number | null | undefined): Span {
  const [shortest, longest] = endsOf(durations);
  const base = shortest < USUAL_SECONDS && USUAL_SECONDS <= longest ? USUAL_SECONDS : shortest;
  const [from, to] = asked == null ? [shortest, longest] : [asked, asked];
  const listedMc = cents * MILLI_CENTS_PER_CENT;
  return {
    low: Math.floor((listedMc * from) / base),
    likely: asked == null ? listedMc : Math.round((listedMc * asked) / shortest),
    high: Math.ceil(listedMc * Math.max(1, to / shortest) * RESERVE),
  };
}

function endsOf(durations: string): [shortest: number, longest: number] {
  const seconds = durations.split(/[-,]/).map(Number);
  return [Math.min(...seconds), Math.max(...seconds)];
}
