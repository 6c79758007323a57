import * as z from 'zod';

const SECONDS: Record<string, number> = { s: 1, min: 60, minute: 60, h: 3600, hour: 3600 };
const RATE = /^([1-9]\d{0,8})(?:\/(s|min|minute|h|hour))?$/;

/** A number of operations in a number of seconds. */
export interface RateLimit {
  max: number;
  seconds: number;
}

/** Parses `100/minute`. A bare number is per minute. `otherwise` is the default. */
export const rateLimitOr = (otherwise: string) =>
  z
    .string()
    .regex(
      RATE,
      `must be how much may be asked, such as 100/minute, 10/s or 1000/h; leave it out for ${otherwise}`,
    )
    .transform((text): RateLimit => {
      const [, max, unit = 'minute'] = text.match(RATE) ?? [];
      return { max: Number(max), seconds: SECONDS[unit] as number };
    });
