/** Environments with keys of the wrong form, and in the wrong place. */
import { refusalOf } from './gateway.ts';
import type { Written } from './search.ts';

const NAMES = [
  ...['PORT', 'HOST', 'ASTRIA_BASE_URL', 'ASTRIA_AUTH_TOKEN', 'WORKSPACE_ID', 'GEMINI_TUNE_ID'],
  ...['SEEDREAM_TUNE_ID', 'GATEWAY_KEYS', 'ALLOW_CALLER_KEYS', 'JWT_JWKS_URL', 'JWT_ISSUER'],
  ...[
    'CORS_ORIGINS',
    'INTROSPECTION',
    'GRAPHIQL',
    'MCP',
    'RATE_LIMIT',
    'MAX_UPSTREAM_CALLS',
    'LOG_LEVEL',
  ],
  'SUBGRAPH',
  ...['UPSTREAM_TIMEOUT_MS', 'UPSTREAM_RETRIES', 'UPSTREAM_BREAKER', 'SHUTDOWN_TIMEOUT', 'METRICS'],
  ...[
    'CALLBACK_SECRET_FILE',
    'REDIS_PASSWORD_FILE',
    'KEEP_ALIVE_TIMEOUT',
    'SHUTDOWN_DELAY',
    'BUDGET_DAY',
    'BUDGET_MONTH',
  ],
  ...['BUDGET_UNKNOWN_IMAGE', 'BUDGET_UNKNOWN_VIDEO', 'BUDGET_UNKNOWN_TUNE'],
  ...['TRUSTED_DOCUMENTS', 'TRUSTED_DOCUMENTS_PATH', 'WEBHOOK_PRIVATE_NETWORKS'],
  ...['METRICS_HOST', 'METRICS_PORT', 'REDIS_URL', 'LEDGER_PATH', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
];

/** All are told at once. */
const inAll = (text: string) => Object.fromEntries(NAMES.map((name) => [name, text]));

/** These are told one by one, as what they name is used. */
const inOne = (value: string): Record<string, string>[] => [
  { HOST: value },
  { METRICS: 'on', METRICS_HOST: value },
  { REDIS_URL: `redis://:${value}@127.0.0.1:1` },
  { LEDGER_PATH: `/nowhere/${value}/x` },
];

export async function badStarts(values: readonly string[], isShort: boolean): Promise<Written[]> {
  const environments = values.flatMap((value) => [
    inAll(`"${value}"`),
    ...(isShort ? [] : [inAll(`${value} `), inAll(`https://x:${value}@127.0.0.1:1/`)]),
    ...inOne(value).slice(0, isShort ? 1 : undefined),
  ]);
  const written: Written[] = [];
  for (const environment of environments) {
    const text = await refusalOf(environment);
    written.push({ where: `what is said of ${Object.keys(environment).join(', ')}`, text });
  }
  return written;
}
