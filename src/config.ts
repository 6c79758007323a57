import * as z from 'zod';
import {
  type AccessConfig,
  accessFaults,
  accessOf,
  accessSettings,
  onOff,
} from './auth/access-settings.ts';
import {
  type BudgetConfig,
  budgetFaults,
  budgetOf,
  budgetSettings,
} from './auth/budget-settings.ts';
import { filesOfKeys } from './auth/gateway-keys.ts';
import { heldKeySettings, heldToken } from './auth/held-key.ts';
import { SecretFile } from './auth/secret-file.ts';
import { Manifests, type TrustedDocument } from './graphql/trusted/manifest.ts';
import { mcpFaults, mcpSettings } from './http/mcp/mcp-settings.ts';
import { type RateLimit, rateLimitOr } from './http/rate-limit.ts';
import {
  type CallbackConfig,
  callbackFaults,
  callbackSettings,
  callbacksOf,
} from './jobs/callback-settings.ts';
import type { Credential } from './upstream/credential.ts';

/** All settings, as read from the environment. */
export interface Config extends AccessConfig, BudgetConfig {
  port: number;
  host: string;
  /** Undefined means the embedded emulator. */
  baseUrl: string | undefined;
  /** The credential for callers without their own key: the held key, the demo's, or none. */
  credential: Credential;
  geminiTuneId: number;
  seedreamTuneId: number;
  /** The longest time for a call to Astria, including retries. */
  upstreamTimeoutMs: number;
  /** The most retries of a read. */
  upstreamRetries: number;
  /** Whether calls are refused for a while after Astria has failed repeatedly. */
  hasBreaker: boolean;
  /** The path of the ledger, if there is no Redis. */
  ledgerPath: string;
  redisUrl: string | undefined;
  redisPassword: string | undefined;
  logLevel: LogLevel;
  /** How long a connection may be idle before it is closed. */
  keepAliveTimeoutMs: number;
  /** The time between the signal to stop and the first refusal, in which load balancers can stop sending requests. */
  shutdownDelayMs: number;
  /** The time between the signal to stop and the end, at which unanswered requests are cut off. */
  shutdownTimeoutMs: number;
  /** The address of the metrics. Undefined if they are off. */
  metrics: { host: string; port: number } | undefined;
  /** Whether traces are sent. OpenTelemetry reads their destination from the environment itself. */
  isTraced: boolean;
  /** Paths of files that are read again when they change. */
  secretFiles: {
    /** The variable, if it is the path of a file, or names files of webhooks. */
    gatewayKeys: string | undefined;
    authToken: string | undefined;
  };
  /** Undefined: no limit. */
  rateLimit: RateLimit | undefined;
  /** How many keys that Astria has not accepted yet one address may send. */
  newKeyRateLimit: RateLimit;
  /** The most calls of one operation to Astria. */
  maxUpstreamCalls: number;
  /** Whether answers are compressed if the client accepts that. */
  isCompressed: boolean;
  /** The most streams of the process, and of one caller. */
  maxStreams: number;
  maxStreamsPerCaller: number;
  /** Undefined if Astria cannot reach this gateway. */
  callbacks: CallbackConfig | undefined;
  trustedDocuments: readonly TrustedDocument[];
  /** Whether the gateway serves the Model Context Protocol. */
  servesMcp: boolean;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const WORKSPACE_ID = /^(?:[1-9]\d*|all)$/;

/** The key of the emulator's seeded account. */
const DEMO_KEY = 'sd_demo';

const whole = (least: number, most: number, fallback: number) => {
  const error = `must be a whole number from ${least} to ${most}; leave it out for ${fallback}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, error)
    .transform(Number)
    .pipe(z.number().min(least, error).max(most, error))
    .default(fallback);
};

const host = z
  .string()
  .regex(/^[\w.:-]+$/, 'must be a host name or an address; leave it out for 127.0.0.1')
  .default('127.0.0.1');

const Environment = z
  .object({
    NODE_ENV: z.string().optional(),
    PORT: whole(0, 65_535, 4000),
    HOST: host,
    ASTRIA_BASE_URL: z
      .string()
      .refine(
        isBase,
        'must be a web address such as https://api.astria.ai, without a query, a fragment or a password',
      )
      .optional(),
    ...heldKeySettings,
    WORKSPACE_ID: z
      .string()
      .regex(
        WORKSPACE_ID,
        'must be the number of a workspace, or all; leave it out for the personal scope',
      )
      .optional(),
    GEMINI_TUNE_ID: whole(1, Number.MAX_SAFE_INTEGER, 3_618_064),
    SEEDREAM_TUNE_ID: whole(1, Number.MAX_SAFE_INTEGER, 3_691_308),
    UPSTREAM_TIMEOUT_MS: whole(100, 600_000, 35_000),
    UPSTREAM_RETRIES: whole(0, 10, 2),
    UPSTREAM_BREAKER: onOff('on'),
    RATE_LIMIT: rateLimitOr('no limit').optional(),
    NEW_KEY_RATE_LIMIT: rateLimitOr('30/minute').default({ max: 30, seconds: 60 }),
    MAX_UPSTREAM_CALLS: whole(1, 10_000, 80),
    COMPRESSION: onOff('on'),
    MAX_STREAMS: whole(0, 1_000_000, 10_000),
    MAX_STREAMS_PER_CALLER: whole(0, 1_000_000, 100),
    LEDGER_PATH: z.string().optional(),
    REDIS_URL: z
      .string()
      .regex(
        /^rediss?:\/\/[^\s/]/,
        'must be the address of a Redis, such as redis://localhost:6379',
      )
      .optional(),
    REDIS_PASSWORD_FILE: SecretFile.optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
    KEEP_ALIVE_TIMEOUT: whole(1, 600, 65),
    SHUTDOWN_DELAY: whole(0, 600, 5),
    SHUTDOWN_TIMEOUT: whole(1, 3600, 55),
    METRICS: onOff('off'),
    METRICS_HOST: host,
    METRICS_PORT: whole(0, 65_535, 9464),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .string()
      .refine(
        isWebAddress,
        'must be the web address of a collector, such as http://127.0.0.1:4318; leave it out for no traces',
      )
      .optional(),
    TRUSTED_DOCUMENTS_PATH: Manifests,
    ...accessSettings,
    ...callbackSettings,
    ...budgetSettings,
    ...mcpSettings,
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.ASTRIA_BASE_URL || heldToken(env), {
    path: ['ASTRIA_BASE_URL'],
    error:
      'must be set under NODE_ENV=production, or ASTRIA_AUTH_TOKEN: the embedded emulator is no production upstream',
    // Also checked if another variable is wrong, so that all faults are reported at once.
    when: () => true,
  })
  .refine((env) => !env.REDIS_PASSWORD_FILE || lacksPassword(env.REDIS_URL), {
    path: ['REDIS_PASSWORD_FILE'],
    error: 'goes with a REDIS_URL that holds no password itself',
    when: () => true,
  })
  .refine(
    (env) => Boolean(env.TRUSTED_DOCUMENTS_PATH) === /^(?:also|only)$/.test(env.TRUSTED_DOCUMENTS),
    {
      path: ['TRUSTED_DOCUMENTS_PATH'],
      error: 'goes with TRUSTED_DOCUMENTS=also or only: set both, or leave both out',
      when: () => true,
    },
  )
  .refine((env) => !(env.SHUTDOWN_DELAY >= env.SHUTDOWN_TIMEOUT), {
    path: ['SHUTDOWN_DELAY'],
    error: 'must be less than SHUTDOWN_TIMEOUT, of which it is a part; left out it is 5',
    when: () => true,
  })
  .superRefine(
    (env, { issues }) => {
      for (const [name, message] of [
        ...accessFaults(env),
        ...callbackFaults(env),
        ...budgetFaults(env),
        ...mcpFaults(env),
      ]) {
        issues.push({ code: 'custom', path: [name], message, input: undefined });
      }
    },
    { when: () => true },
  );

/** The schemas of all settings, by name. */
export const SETTINGS = Environment.shape;
/** The parsed values of all settings, by name. */
export type Settings = z.output<typeof Environment>;

function isBase(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { search, hash, username, password } = new URL(text);
  return !(search || hash || username || password);
}

const lacksPassword = (url = '') => URL.canParse(url) && !new URL(url).password;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Returns whether the gateway has an Astria key of its own. The demo key of the emulator does not count. */
export const holdsKey = ({ baseUrl, credential }: Config) =>
  baseUrl !== undefined && credential.token !== undefined;

/** The message has a line for each fault: the variable, the fault and the remedy. */
export class ConfigError extends Error {}

/** Reads the settings from the environment. An empty value counts as absent. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value?.trim()),
  );
  const result = Environment.safeParse(given);
  if (!result.success) throw new ConfigError(result.error.issues.map(describe(given)).join('\n'));
  const env = result.data;
  const token = heldToken(env);
  const isReal = env.ASTRIA_BASE_URL ?? token;
  const keys = env.GATEWAY_KEYS ?? [];
  return {
    port: env.PORT,
    host: env.HOST,
    baseUrl: isReal && (env.ASTRIA_BASE_URL ?? 'https://api.astria.ai'),
    credential: {
      token: isReal ? token : DEMO_KEY,
      workspaceId: env.WORKSPACE_ID,
    },
    geminiTuneId: env.GEMINI_TUNE_ID,
    seedreamTuneId: env.SEEDREAM_TUNE_ID,
    upstreamTimeoutMs: env.UPSTREAM_TIMEOUT_MS,
    upstreamRetries: env.UPSTREAM_RETRIES,
    hasBreaker: env.UPSTREAM_BREAKER,
    rateLimit: env.RATE_LIMIT,
    newKeyRateLimit: env.NEW_KEY_RATE_LIMIT,
    maxUpstreamCalls: env.MAX_UPSTREAM_CALLS,
    isCompressed: env.COMPRESSION,
    maxStreams: env.MAX_STREAMS,
    maxStreamsPerCaller: env.MAX_STREAMS_PER_CALLER,
    callbacks: callbacksOf(env),
    ledgerPath: env.LEDGER_PATH ?? (isReal ? 'ledger.sqlite' : ':memory:'),
    redisUrl: env.REDIS_URL,
    redisPassword: env.REDIS_PASSWORD_FILE,
    logLevel: env.LOG_LEVEL,
    keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT * 1000,
    shutdownDelayMs: env.SHUTDOWN_DELAY * 1000,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT * 1000,
    metrics: env.METRICS ? { host: env.METRICS_HOST, port: env.METRICS_PORT } : undefined,
    isTraced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    secretFiles: {
      gatewayKeys:
        filesOfKeys(given.GATEWAY_KEYS ?? '', keys).length > 0 ? given.GATEWAY_KEYS : undefined,
      authToken: given.ASTRIA_AUTH_TOKEN_FILE,
    },
    trustedDocuments: env.TRUSTED_DOCUMENTS_PATH ?? [],
    servesMcp: env.MCP,
    ...accessOf(env),
    ...budgetOf(env),
  };
}

/** Settings whose values may be secrets, so that they are never repeated. */
export const SECRETS: readonly string[] = [
  'ASTRIA_AUTH_TOKEN',
  'ASTRIA_AUTH_TOKEN_FILE',
  'ASTRIA_BASE_URL',
  'CALLBACK_SECRET',
  'CALLBACK_SECRET_FILE',
  'GATEWAY_KEYS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'REDIS_PASSWORD_FILE',
  'REDIS_URL',
];

/** Repeats the value, unless it may be a secret. */
const describe = (given: Record<string, string | undefined>) => (issue: z.core.$ZodIssue) => {
  const [name, ...path] = issue.path.map(String) as [string, ...string[]];
  const value = given[name];
  const said = value && !SECRETS.includes(name) ? ` is ${JSON.stringify(value)} and` : '';
  return `${[name, ...path].join('.')}${said} ${issue.message}`;
};
