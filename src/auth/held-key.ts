/** The Astria key that all callers share: from the environment, or from a file such as a mounted secret. */
import * as z from 'zod';
import { SecretFile } from './secret-file.ts';

/** The form of Astria's keys. It is checked wherever one comes in, because the key is sent in a header. */
export const ASTRIA_KEY = /^sd_[\w-]+$/;

const KEY =
  'an Astria API key, which begins with sd_; copy it from https://www.astria.ai/users/edit#api';

/** The variable is the path of the file that contains the key. */
export const AuthTokenFile = SecretFile.pipe(
  z.string().regex(ASTRIA_KEY, `must name a file that holds nothing but ${KEY}`),
);

export const heldKeySettings = {
  ASTRIA_AUTH_TOKEN: z.string().regex(ASTRIA_KEY, `must be ${KEY}`).optional(),
  ASTRIA_AUTH_TOKEN_FILE: AuthTokenFile.optional(),
};

type HeldKey = { [Name in keyof typeof heldKeySettings]?: string | undefined };

export const heldToken = (env: HeldKey) => env.ASTRIA_AUTH_TOKEN ?? env.ASTRIA_AUTH_TOKEN_FILE;

export const isSetTwice = (env: HeldKey) =>
  env.ASTRIA_AUTH_TOKEN !== undefined && env.ASTRIA_AUTH_TOKEN_FILE !== undefined;
