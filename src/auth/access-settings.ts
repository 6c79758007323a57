/** The settings of who may call, and from where. */
import type { BlockList } from 'node:net';
import * as z from 'zod';
import { type GatewayKey, GatewayKeys } from './gateway-keys.ts';
import { heldKeySettings, heldToken, isSetTwice } from './held-key.ts';
import { TrustedProxy } from './trusted-proxy.ts';
import { webhookFault } from './webhook-settings.ts';

export interface AccessConfig {
  gatewayKeys: readonly GatewayKey[];
  jwt: JwtConfig | undefined;
  /** Whether callers may use their own Astria keys although the gateway holds one. */
  allowsCallerKeys: boolean;
  /** The origins whose pages may call. */
  corsOrigins: '*' | readonly string[];
  /** Which documents may be run, unless the caller's key or token says more. */
  trust: Trust;
  introspection: boolean;
  graphiql: boolean;
  /** Whether the subgraph for routers is served. */
  servesSubgraph: boolean;
  /** Whether webhooks may lead to private networks. */
  hasPrivateWebhooks: boolean;
  /** The proxies whose `X-Forwarded-For` is believed. Undefined: none. */
  trustedProxy: BlockList | undefined;
}

/** Whether there are trusted documents, and whether others may be run too. */
export type Trust = (typeof TRUST)[number];
const TRUST = ['off', 'also', 'only'] as const;

export interface JwtConfig {
  jwksUrl: string;
  issuer: string;
  audience: string;
}

export const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'], `must be on or off; leave it out for ${fallback}`)
    .default(fallback)
    .transform((value) => value === 'on');

const OPEN = 'must be on or off; leave it out for on, or for off under TRUSTED_DOCUMENTS=only';
const onUnlessTrustedOnly = z
  .enum(['on', 'off'], OPEN)
  .transform((value) => value === 'on')
  .optional();

const ORIGINS =
  'must be * or origins such as https://app.example, with commas between; leave it out for the default';

const Origins = z
  .string()
  .transform((text) => (text.trim() === '*' ? '*' : text.split(',').map((one) => one.trim())))
  .refine((origins) => origins === '*' || origins.every(isOrigin), ORIGINS);

const isOrigin = (text: string) =>
  URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;

/** A key that is sent over the network without TLS can be read on its way. */
export const isSafeUrl = (text: string) =>
  URL.canParse(text) &&
  (new URL(text).protocol === 'https:' ||
    (new URL(text).protocol === 'http:' && isLoopback(new URL(text).hostname)));

export const accessSettings = {
  GATEWAY_KEYS: GatewayKeys.optional(),
  ALLOW_CALLER_KEYS: onOff('off'),
  JWT_JWKS_URL: z
    .string()
    .refine(isSafeUrl, 'must be an https address, as your issuer names it in its jwks_uri')
    .optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  CORS_ORIGINS: Origins.optional(),
  TRUSTED_DOCUMENTS: z
    .enum(TRUST, 'must be off, also or only; leave it out for off')
    .default('off'),
  INTROSPECTION: onUnlessTrustedOnly,
  GRAPHIQL: onUnlessTrustedOnly,
  SUBGRAPH: onOff('off'),
  TRUSTED_PROXY: TrustedProxy.optional(),
  WEBHOOK_PRIVATE_NETWORKS: onOff('off'),
};

const AccessSettings = z.object({
  ...accessSettings,
  HOST: z.string(),
  ASTRIA_BASE_URL: z.string().optional(),
  ...heldKeySettings,
});
type Settings = z.infer<typeof AccessSettings>;

const JWT_NAMES = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const;
const isAuthenticated = (env: Settings) => Boolean(env.GATEWAY_KEYS || env.JWT_JWKS_URL);
/** Otherwise anybody who can reach the gateway could spend the account's money. */
const isUnguarded = (env: Settings) => Boolean(heldToken(env)) && !isAuthenticated(env);

/** Checks settings against each other. Returns the faults, each with the variable that it is about. */
export function accessFaults(env: Settings): [name: string, message: string][] {
  const faults: [string, string][] = [];
  const missing = JWT_NAMES.filter((name) => !env[name]);
  if (missing.length < JWT_NAMES.length) {
    for (const name of missing)
      faults.push([name, `must be set too: ${JWT_NAMES.join(', ')} go together`]);
  }
  if (isUnguarded(env) && !isLoopback(env.HOST)) {
    faults.push([
      'HOST',
      'is more than this machine, where anybody could spend the money of ASTRIA_AUTH_TOKEN: set GATEWAY_KEYS (astria-graphql key makes one) or JWT_JWKS_URL, or leave HOST out',
    ]);
  }
  if (isUnguarded(env) && env.CORS_ORIGINS === '*') {
    faults.push([
      'CORS_ORIGINS',
      'would let the pages of any site spend the money of ASTRIA_AUTH_TOKEN: set GATEWAY_KEYS or JWT_JWKS_URL, or name the origins',
    ]);
  }
  if (isAuthenticated(env) && env.ASTRIA_BASE_URL && !heldToken(env)) {
    const name = env.GATEWAY_KEYS ? 'GATEWAY_KEYS' : 'JWT_JWKS_URL';
    faults.push([
      name,
      'is for callers that share a key of Astria, and there is none: set ASTRIA_AUTH_TOKEN, or leave it out, and each brings its own',
    ]);
  }
  // If the variable has a fault of its own, it is still the unparsed text.
  const keys = Array.isArray(env.GATEWAY_KEYS) ? env.GATEWAY_KEYS : [];
  if (env.TRUSTED_DOCUMENTS === 'off' && keys.some(({ documents }) => documents)) {
    faults.push([
      'GATEWAY_KEYS',
      'holds a key for trusted documents only, and there are none: set TRUSTED_DOCUMENTS to also or only, and TRUSTED_DOCUMENTS_PATH',
    ]);
  }
  const fault = webhookFault(keys, env.WEBHOOK_PRIVATE_NETWORKS);
  if (fault) faults.push(['GATEWAY_KEYS', fault]);
  if (isSetTwice(env)) {
    faults.push([
      'ASTRIA_AUTH_TOKEN_FILE',
      'must not be set together with ASTRIA_AUTH_TOKEN: leave one of them out',
    ]);
  }
  return faults;
}

/** Returns warnings about settings that may be intended. */
export function accessWarnings(config: AccessConfig & { baseUrl: string | undefined }): string[] {
  return [...warningsOfUpstream(config), ...warningsOfSubgraph(config)];
}

function warningsOfUpstream({ baseUrl }: { baseUrl: string | undefined }): string[] {
  if (!baseUrl) return [];
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol !== 'http:' || isLoopback(hostname)) return [];
  return [
    `ASTRIA_BASE_URL is http, and ${hostname} is not this machine: anybody on the way can read the keys of Astria; use https`,
  ];
}

const warningsOfSubgraph = ({ servesSubgraph, trust }: AccessConfig): string[] =>
  servesSubgraph && trust === 'only'
    ? [
        'SUBGRAPH is on, but TRUSTED_DOCUMENTS=only lets no router use it, because routers make their documents themselves: set TRUSTED_DOCUMENTS=also, and `documents` of the keys for browsers',
      ]
    : [];

export const accessOf = (env: Settings): AccessConfig => ({
  gatewayKeys: env.GATEWAY_KEYS ?? [],
  jwt: env.JWT_JWKS_URL
    ? {
        jwksUrl: env.JWT_JWKS_URL,
        issuer: env.JWT_ISSUER as string,
        audience: env.JWT_AUDIENCE as string,
      }
    : undefined,
  allowsCallerKeys: env.ALLOW_CALLER_KEYS,
  corsOrigins: env.CORS_ORIGINS ?? (heldToken(env) ? [] : '*'),
  trust: env.TRUSTED_DOCUMENTS,
  introspection: env.INTROSPECTION ?? env.TRUSTED_DOCUMENTS !== 'only',
  graphiql: env.GRAPHIQL ?? env.TRUSTED_DOCUMENTS !== 'only',
  servesSubgraph: env.SUBGRAPH,
  hasPrivateWebhooks: env.WEBHOOK_PRIVATE_NETWORKS,
  trustedProxy: env.TRUSTED_PROXY,
});

/** Returns whether callers have keys or tokens of this gateway. */
export const tellsCallersApart = ({ gatewayKeys, jwt }: AccessConfig) =>
  gatewayKeys.length > 0 || jwt !== undefined;

export const isLoopback = (host: string) =>
  /^(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?)$/i.test(host);
