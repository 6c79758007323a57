import * as z from 'zod';
import {
  type AccessConfig,
  accessFaults,
  accessOf,
  accessSettings,
  onOff,
} from './access-settings.ts';
import {
  type CallbackConfig,
  callbackFaults,
  callbackSettings,
  callbacksOf,
} from './callback-settings.ts';
import { RateLimit } from './rate-limit.ts';
import type { Credential } from './upstream/client.ts';

/** Everything that can be set, from the environment. */
export interface Config extends AccessConfig {
  port: number;
  host: string;
  /** Undefined means the embedded emulator. */
  baseUrl: string | undefined;
  /** What callers without a key of their own act with: the held key, the demo's, or none. */
  credential: Credential;
  geminiTuneId: number;
  seedreamTuneId: number;
  /** Of a call to Astria, with all its tries. */
  upstreamTimeoutMs: number;
  /** How often a read may be sent again. */
  upstreamRetries: number;
  /** Whether a failing Astria is spared for a while. */
  hasBreaker: boolean;
  /** Where the ledger is kept, unless there is a Redis. */
  ledgerPath: string;
  redisUrl: string | undefined;
  logLevel: LogLevel;
  /** From the signal to stop until what is still unanswered is cut off. */
  shutdownTimeoutMs: number;
  /** Where metrics are served; undefined where they are off. */
  metrics: { host: string; port: number } | undefined;
  /** Whether traces are sent. Where to, OpenTelemetry reads from the environment itself. */
  isTraced: boolean;
  /** Undefined: none. */
  rateLimit: RateLimit | undefined;
  /** How many calls to Astria one operation may take. */
  maxUpstreamCalls: number;
  /** How many may wait for jobs at once, in this process and of one caller. */
  maxStreams: number;
  maxStreamsPerCaller: number;
  /** Undefined where Astria cannot reach this gateway. */
  callbacks: CallbackConfig | undefined;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Astria's key. The shape is checked wherever one comes in, since it travels in a header. */
export const ASTRIA_KEY = /^sd_[\w-]+$/;
export const WORKSPACE_ID = /^(?:[1-9]\d*|all)$/;

/** The key that owns the emulator's seeded account. */
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
    ASTRIA_AUTH_TOKEN: z
      .string()
      .regex(
        ASTRIA_KEY,
        'must be an Astria API key, which begins with sd_; copy it from https://www.astria.ai/users/edit#api',
      )
      .optional(),
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
    RATE_LIMIT: RateLimit.optional(),
    MAX_UPSTREAM_CALLS: whole(1, 10_000, 80),
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
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
    SHUTDOWN_TIMEOUT: whole(1, 3600, 40),
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
    ...accessSettings,
    ...callbackSettings,
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.ASTRIA_BASE_URL || env.ASTRIA_AUTH_TOKEN, {
    path: ['ASTRIA_BASE_URL'],
    error:
      'must be set under NODE_ENV=production, or ASTRIA_AUTH_TOKEN: the embedded emulator is no production upstream',
    // All problems at once: this one too when another variable is at fault.
    when: () => true,
  })
  .superRefine(
    (env, { issues }) => {
      for (const [name, message] of [...accessFaults(env), ...callbackFaults(env)]) {
        issues.push({ code: 'custom', path: [name], message, input: undefined });
      }
    },
    { when: () => true },
  );

function isBase(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { search, hash, username, password } = new URL(text);
  return !(search || hash || username || password);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Whether it acts with a key of Astria's of its own, that of the emulator's demo excepted. */
export const holdsKey = ({ baseUrl, credential }: Config) =>
  baseUrl !== undefined && credential.token !== undefined;

/** The message lists every problem, a line each: the name, the fault and the remedy. */
export class ConfigError extends Error {}

/** Reads the environment. An empty value counts as none. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value?.trim()),
  );
  const result = Environment.safeParse(given);
  if (!result.success) throw new ConfigError(result.error.issues.map(describe(given)).join('\n'));
  const env = result.data;
  const isReal = env.ASTRIA_BASE_URL ?? env.ASTRIA_AUTH_TOKEN;
  return {
    port: env.PORT,
    host: env.HOST,
    baseUrl: isReal && (env.ASTRIA_BASE_URL ?? 'https://api.astria.ai'),
    credential: {
      token: isReal ? env.ASTRIA_AUTH_TOKEN : DEMO_KEY,
      workspaceId: env.WORKSPACE_ID,
    },
    geminiTuneId: env.GEMINI_TUNE_ID,
    seedreamTuneId: env.SEEDREAM_TUNE_ID,
    upstreamTimeoutMs: env.UPSTREAM_TIMEOUT_MS,
    upstreamRetries: env.UPSTREAM_RETRIES,
    hasBreaker: env.UPSTREAM_BREAKER,
    rateLimit: env.RATE_LIMIT,
    maxUpstreamCalls: env.MAX_UPSTREAM_CALLS,
    maxStreams: env.MAX_STREAMS,
    maxStreamsPerCaller: env.MAX_STREAMS_PER_CALLER,
    callbacks: callbacksOf(env),
    ledgerPath: env.LEDGER_PATH ?? (isReal ? 'ledger.sqlite' : ':memory:'),
    redisUrl: env.REDIS_URL,
    logLevel: env.LOG_LEVEL,
    shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT * 1000,
    metrics: env.METRICS ? { host: env.METRICS_HOST, port: env.METRICS_PORT } : undefined,
    isTraced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    ...accessOf(env),
  };
}

const SECRETS = [
  'ASTRIA_AUTH_TOKEN',
  'ASTRIA_BASE_URL',
  'CALLBACK_SECRET',
  'GATEWAY_KEYS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'REDIS_URL',
];

/** The value is repeated, save where it may be a secret. */
const describe = (given: Record<string, string | undefined>) => (issue: z.core.$ZodIssue) => {
  const [name, ...path] = issue.path.map(String) as [string, ...string[]];
  const value = given[name];
  const said = value && !SECRETS.includes(name) ? ` is ${JSON.stringify(value)} and` : '';
  return `${[name, ...path].join('.')}${said} ${issue.message}`;
};
