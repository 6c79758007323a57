import { type Choice, choicesIn } from './choices.ts';

/** What an answer of the gateway can be; of two that are weighed alike the first. */
const MEDIA_TYPES = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

const STREAMS: readonly MediaType[] = ['text/event-stream', 'multipart/mixed'];

/** What a subscription is answered in. */
export const EVENTS = 'text/event-stream';

export const isStream = (type: MediaType | undefined) =>
  type !== undefined && STREAMS.includes(type);

/**
 * The media type that `Accept` weighs highest, by RFC 9110; undefined where it accepts none of ours. A stream is only for those
 * who accept nothing else, whatever its weight.
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

/** Whether it accepts a stream of events, whatever it would rather have. */
export const acceptsEvents = (accept = '') => (rangeFor(EVENTS, rangesIn(accept))?.weight ?? 0) > 0;

/** None that asks for another encoding than UTF-8 is one of ours. */
const rangesIn = (accept: string) =>
  choicesIn(accept.trim() || '*/*').filter(
    ({ charset }) => charset === undefined || charset === 'utf-8',
  );

/** The most specific one counts, whatever the others say. */
function rangeFor(type: MediaType, ranges: readonly Choice[]): Choice | undefined {
  const names = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const name of names) {
    const found = ranges.find((range) => range.name === name);
    if (found) return found;
  }
  return undefined;
}
