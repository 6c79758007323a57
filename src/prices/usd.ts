/** Converts amounts in US dollars, written as decimals. */

const AMOUNT = /^\d{1,9}(?:\.\d{1,5})?$/;
const MILLI_CENTS_PER_DOLLAR = 100_000;

export const WANTED_USD = 'an amount of US dollars with 5 decimals at most, such as 0.25';

/** Returns milli-cents. Returns undefined if the text is no amount. */
export const milliCentsIn = (text: string): number | undefined =>
  AMOUNT.test(text) ? Math.round(Number(text) * MILLI_CENTS_PER_DOLLAR) : undefined;

export const usd = (milliCents: number) => Number((milliCents / MILLI_CENTS_PER_DOLLAR).toFixed(5));
