/** The keys by which a gateway with a held Astria key tells its callers apart. */
import { hash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { KeyBudget, type Limits } from './budget-settings.ts';
import { KeyWebhook, type Webhook } from './webhook-settings.ts';

export interface GatewayKey {
  name: string;
  /** The SHA-256 hash of the secret. */
  hash: Buffer;
  role: 'read' | 'write';
  /** Undefined: all. */
  workspaces: readonly string[] | undefined;
  /** Undefined: what TRUSTED_DOCUMENTS allows. */
  documents: 'only' | undefined;
  /** How much of the held key's money the key may spend. Undefined: it has no budget of its own. */
  budget: Limits | undefined;
  /** Undefined: nobody is told what its writes become. */
  webhook: Webhook | undefined;
}

/** The prefix of secrets, so that people and secret scanners recognize them. */
export const GATEWAY_KEY_PREFIX = 'gk_';

/** The most keys. Each request is compared with all of them. */
const MAX_KEYS = 100;
/** Names that callers without a gateway key have. */
const TAKEN = ['anonymous', 'local'];

/**
 * A secret has 256 random bits, so it cannot be guessed however fast the hash is. A slow hash is for passwords, and would cost
 * each request a tenth of a second.
 */
export const hashOfSecret = (secret: string) => hash('sha256', secret, 'buffer');

const workspace = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z
    .string('must be the number of a workspace, personal, or all')
    .regex(/^(?:[1-9]\d*|personal|all)$/, 'must be the number of a workspace, personal, or all'),
);

/** A list that contains `all` has no bounds: a caller who may read all workspaces may read any. */
export const Workspaces = z
  .array(workspace, 'must be a list such as ["12", "personal"]; leave it out for all workspaces')
  .transform((list) => (list.includes('all') ? undefined : list));

/** The setting of a gateway key and the claim of a token. */
export const Documents = z
  .literal('only', 'must be only; leave it out for what TRUSTED_DOCUMENTS says')
  .optional();

const PROPERTIES = ['name', 'hash', 'role', 'workspaces', 'documents', 'budget', 'webhook'];
const NAME = 'must be 1 to 64 letters, digits, dots, dashes and underscores';

const Key = z
  .strictObject(
    {
      name: z.string(NAME).regex(/^[\w.-]{1,64}$/, NAME),
      hash: z
        .string('must be sha256: and 64 hex digits; astria-graphql key makes one')
        .regex(
          /^sha256:[\da-f]{64}$/i,
          'must be sha256: and 64 hex digits; astria-graphql key makes one',
        )
        .transform((text) => Buffer.from(text.slice('sha256:'.length), 'hex')),
      role: z.enum(['read', 'write'], 'must be read or write'),
      workspaces: Workspaces.refine(
        (list) => list?.length !== 0,
        'must name one at least',
      ).optional(),
      documents: Documents,
      budget: KeyBudget.optional(),
      webhook: KeyWebhook.optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `has properties that are not known (${issue.keys.join(', ')}): there are ${PROPERTIES.join(', ')}`
          : 'must be an object with name, hash, role and perhaps workspaces, documents, budget and webhook',
    },
  )
  .transform(
    ({ workspaces, documents, budget, webhook, ...key }): GatewayKey => ({
      ...key,
      workspaces,
      documents,
      budget,
      webhook,
    }),
  );

/** A key as it is configured. */
export type GatewayKeyEntry = Omit<z.input<typeof Key>, 'workspaces'> & {
  /** Numbers of workspaces, or `personal`. All if left out. */
  workspaces?: readonly (string | number)[] | undefined;
};

const Keys = z
  .array(Key, 'must be a JSON array of objects, or @ and the path of a file that holds one')
  .min(1, 'must hold one key at least; leave it out for none')
  .max(MAX_KEYS, `must hold ${MAX_KEYS} keys at most; tokens (JWT_JWKS_URL) are for more callers`)
  .superRefine((keys, { issues }) => {
    const refuse = (index: number, field: string, message: string) =>
      issues.push({ code: 'custom', path: [index, field], message, input: undefined });
    for (const [index, { name, hash, role, webhook }] of keys.entries()) {
      const before = keys.slice(0, index);
      if (webhook && role === 'read')
        refuse(index, 'webhook', 'goes with the role write: a key that only reads makes nothing');
      if (TAKEN.includes(name))
        refuse(index, 'name', `must be another: ${name} means callers without a key`);
      if (before.some((key) => key.name === name))
        refuse(index, 'name', `must be unique: ${name} is used above`);
      if (before.some((key) => key.hash.equals(hash)))
        refuse(index, 'hash', 'must be unique: the same hash is used above');
    }
  });

/** The variable: a JSON array, or `@` and the path of a file with one. */
export const GatewayKeys = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The message of a JSON error repeats what was read, so it is not shown.
      const fault = code ? `names a file that cannot be read (${code})` : 'is no JSON';
      context.addIssue(`${fault}: it must be a JSON array, or @ and the path of a file with one`);
      return z.NEVER;
    }
  })
  .pipe(Keys);

/** Compares all keys in constant time, so that the duration tells nothing about them. */
export function findKey<Key extends Pick<GatewayKey, 'hash'>>(
  keys: readonly Key[],
  secret: string,
) {
  const sought = hashOfSecret(secret);
  let found: Key | undefined;
  for (const key of keys) if (timingSafeEqual(key.hash, sought)) found = key;
  return found;
}

/** Returns the file of the keys, if the variable names one, and the files of the secrets of their webhooks. */
export const filesOfKeys = (variable: string, keys: readonly GatewayKey[]) => [
  ...(variable.startsWith('@') ? [variable.slice(1)] : []),
  ...keys.flatMap(({ webhook }) => webhook?.secretFile ?? []),
];
