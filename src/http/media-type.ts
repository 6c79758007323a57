import { type Choice, choicesIn } from './choices.ts';

/** The media types of answers. The first one is preferred if several have the same weight. */
const MEDIA_TYPES = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

const STREAMS: readonly MediaType[] = ['text/event-stream', 'multipart/mixed'];

/** The media type of subscriptions. */
export const EVENTS = 'text/event-stream';

export const isStream = (type: MediaType | undefined) =>
  type !== undefined && STREAMS.includes(type);

/**
 * Returns the media type with the highest weight in `Accept` (RFC 9110), or undefined if none of ours is accepted. A stream is
 * chosen only if nothing else is accepted, whatever its weight.
 */
export function negotiate(accept = ''): MediaType | undefined {
  const ranges = rangesIn(accept);
  const [best] = MEDIA_TYPES.flatMap((type) => {
    const range = rangeFor(type, ranges);
    return range && range.weight > 0 ? { type, range } : [];
  }).sort(
    (a, b) =>
      Number(isStream(a.type)) - Number(isStream(b.type)) ||
      b.range.weight - a.range.weight ||
      a.range.position - b.range.position,
  );
  return best?.type;
}

/** Returns whether a stream of events is accepted, whatever is preferred. */
export const acceptsEvents = (accept = '') => (rangeFor(EVENTS, rangesIn(accept))?.weight ?? 0) > 0;

/** A range that asks for another charset than UTF-8 matches nothing of ours. */
const rangesIn = (accept: string) =>
  choicesIn(accept.trim() || '*/*').filter(
    ({ charset }) => charset === undefined || charset === 'utf-8',
  );

/** The most specific range decides. */
function rangeFor(type: MediaType, ranges: readonly Choice[]): Choice | undefined {
  const names = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const name of names) {
    const found = ranges.find((range) => range.name === name);
    if (found) return found;
  }
  return undefined;
}
