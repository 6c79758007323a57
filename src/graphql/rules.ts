import { type FieldError, validationFailed } from './errors.ts';

/** A rule for an input: the field, Astria's complaint, and the condition under which it applies. */
export type Rule<Input> = readonly [
  field: string & keyof Input,
  complaint: string,
  isBroken: (input: Input) => unknown,
];

/** The rules that `input` breaks, as paths below `root`. */
export const broken = <Input>(
  input: Input,
  rules: readonly Rule<Input>[],
  root: readonly string[] = ['input'],
) =>
  rules
    .filter(([, , isBroken]) => isBroken(input))
    .map(([field, message]): FieldError => ({ path: [...root, field], message }));

/**
 * Refuses an input that is known to be invalid before Astria is called, with all its faults at once. `more` are further
 * extensions of the error.
 */
export function refuse(fieldErrors: readonly FieldError[], more: object = {}): undefined {
  if (fieldErrors.length === 0) return;
  const message = fieldErrors
    .map(({ path, message }) => `${path.slice(1).join('.') || 'input'} ${message}`)
    .join('. ');
  throw validationFailed(message, fieldErrors, { source: 'GATEWAY', ...more });
}

type Maybe<T> = T | null | undefined;

export const isOutside = (value: Maybe<number>, least: number, most: number) =>
  value != null && (value < least || value > most);

/** The sides of a picture are multiples of 8 pixels. */
export const isNoLength = (pixels: Maybe<number>) =>
  pixels != null && (pixels <= 0 || pixels % 8 !== 0);

export const isBlank = (value: Maybe<string>) => !value?.trim();

/** Astria calls back and fetches videos by https only. http on this machine is for the emulator. */
export function isHttps(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** Braces are left over from a placeholder. */
export const isBadCallback = (value: Maybe<string>) =>
  value != null && (/[{}]/.test(value) || !isHttps(value));

export const BAD_CALLBACK = 'must be an https address, without a placeholder in braces';
