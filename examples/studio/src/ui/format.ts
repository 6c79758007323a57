import type { Money, TilePrompt } from '../graphql/fragments.ts';

const exact = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 3,
});

export const dollars = (money: Pick<Money, 'usd'> | null | undefined): string =>
  money ? exact.format(money.usd) : '–';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Returns a relative time, such as "3 hours ago". */
export function ago(moment: string | null | undefined, now = Date.now()): string {
  if (!moment) return '';
  const gone = Date.parse(moment) - now;
  const [unit, length] = UNITS.find(([, ms]) => Math.abs(gone) >= ms) ?? ['minute', 60_000];
  const count = Math.round(gone / length);
  return count === 0 ? 'just now' : relative.format(count, unit);
}

export const dateOf = (moment: string | null | undefined): string =>
  moment ? new Date(moment).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }) : '–';

/** Returns a text without tokens: `<faceid:123:1> woman` is "woman". */
const plain = (text: string | null | undefined): string =>
  (text ?? '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\bohwx\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Returns the text of a prompt as a title. */
export const titleOf = ({ text, videoPrompt }: Pick<TilePrompt, 'text' | 'videoPrompt'>): string =>
  plain(text) || plain(videoPrompt) || 'Without a text';
