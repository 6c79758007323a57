/** The settings of callbacks, by which Astria tells that something is done. */
import * as z from 'zod';
import { isSafeUrl } from '../auth/access-settings.ts';

export interface CallbackConfig {
  /** The address of this gateway as seen from outside, without a slash at its end. */
  publicUrl: string;
  /** The first one signs. Signatures of all of them are accepted. */
  secrets: readonly [string, ...string[]];
}

const SECRETS =
  'must be a secret of 32 or more letters, digits, `_` or `-`; while it is changed two of them, the new one first and a comma between';

export const callbackSettings = {
  PUBLIC_URL: z
    .string()
    .refine(
      (text) => isSafeUrl(text) && /^[^?#@]*$/.test(text),
      'must be the https address at which Astria finds this gateway, such as https://graph.example.com, without a query, a fragment or a password; http on this machine alone',
    )
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  CALLBACK_SECRET: z
    .string()
    .regex(/^[\w-]{32,256}(?:,[\w-]{32,256})?$/, SECRETS)
    .transform((text) => text.split(',') as [string, ...string[]])
    .optional(),
};

type Settings = z.infer<z.ZodObject<typeof callbackSettings>>;

const NAMES = ['PUBLIC_URL', 'CALLBACK_SECRET'] as const;

/** Returns the variables that are wrong together with others, and why. */
export function callbackFaults(env: Settings): [name: string, message: string][] {
  const missing = NAMES.filter((name) => !env[name]);
  if (missing.length !== 1) return [];
  return missing.map((name) => [name, `must be set too: ${NAMES.join(' and ')} go together`]);
}

export const callbacksOf = ({
  PUBLIC_URL: publicUrl,
  CALLBACK_SECRET: secrets,
}: Settings): CallbackConfig | undefined =>
  publicUrl && secrets ? { publicUrl, secrets } : undefined;
