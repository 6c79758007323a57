/** The settings of callbacks, by which Astria tells that something is done. */
import * as z from 'zod';
import { isSafeUrl } from '../auth/access-settings.ts';
import { SecretFile } from '../auth/secret-file.ts';

export interface CallbackConfig {
  /** The address of this gateway as seen from outside, without a slash at its end. */
  publicUrl: string;
  /** The first one signs. Signatures of all of them are accepted. */
  secrets: readonly [string, ...string[]];
}

const SECRETS =
  'must be a secret of 32 or more letters, digits, `_` or `-`; while it is changed two of them, the new one first and a comma between';

const Secrets = z
  .string()
  .regex(/^[\w-]{32,256}(?:,[\w-]{32,256})?$/, SECRETS)
  .transform((text) => text.split(',') as [string, ...string[]]);

export const callbackSettings = {
  PUBLIC_URL: z
    .string()
    .refine(
      (text) => isSafeUrl(text) && /^[^?#@]*$/.test(text),
      'must be the https address at which Astria finds this gateway, such as https://graph.example.com, without a query, a fragment or a password; http on this machine alone',
    )
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  CALLBACK_SECRET: Secrets.optional(),
  CALLBACK_SECRET_FILE: SecretFile.pipe(Secrets).optional(),
};

type Settings = z.infer<z.ZodObject<typeof callbackSettings>>;

/** Returns the variables that are wrong together with others, and why. */
export function callbackFaults(env: Settings): [name: string, message: string][] {
  if (env.CALLBACK_SECRET && env.CALLBACK_SECRET_FILE) {
    return [['CALLBACK_SECRET_FILE', 'must be left out if CALLBACK_SECRET is set']];
  }
  const hasSecret = Boolean(secretsIn(env));
  if (hasSecret === Boolean(env.PUBLIC_URL)) return [];
  const missing = hasSecret ? 'PUBLIC_URL' : 'CALLBACK_SECRET';
  return [[missing, 'must be set too: PUBLIC_URL and CALLBACK_SECRET go together']];
}

const secretsIn = (env: Settings) => env.CALLBACK_SECRET ?? env.CALLBACK_SECRET_FILE;

export function callbacksOf(env: Settings): CallbackConfig | undefined {
  const { PUBLIC_URL: publicUrl } = env;
  const secrets = secretsIn(env);
  return publicUrl && secrets ? { publicUrl, secrets } : undefined;
}
