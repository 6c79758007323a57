/** The settings as they take effect, for people: written as in a file of the environment, without secrets. */
import { type Config, SECRETS, SETTINGS } from '../config.ts';
import { withoutSecrets } from '../observe/secrets.ts';

/** Settings whose default depends on others, and secrets of which something can be told. */
const DERIVED: Readonly<Record<string, (config: Config) => string | undefined>> = {
  ASTRIA_BASE_URL: ({ baseUrl }) => baseUrl,
  CORS_ORIGINS: ({ corsOrigins }) => [corsOrigins].flat().join(','),
  GATEWAY_KEYS: ({ gatewayKeys }) =>
    gatewayKeys.map(({ name, role }) => `${name} (${role})`).join(', '),
  GRAPHIQL: ({ graphiql }) => textOf(graphiql),
  INTROSPECTION: ({ introspection }) => textOf(introspection),
  LEDGER_PATH: ({ ledgerPath, redisUrl }) => (redisUrl ? '' : ledgerPath),
  NEW_KEY_RATE_LIMIT: ({ newKeyRateLimit: { max, seconds } }) =>
    `${max}/${{ 1: 's', 60: 'minute', 3600: 'hour' }[seconds]}`,
};

/** Returns a line for each setting, such as `PORT=4000`. It ends with `=` if the setting is not set and has no default. */
export const effectiveSettings = (
  environment: Readonly<Record<string, string | undefined>>,
  config: Config,
): string[] =>
  Object.entries(SETTINGS).map(([name, schema]) => {
    const given = environment[name]?.trim() ? environment[name] : undefined;
    if (given !== undefined && !SECRETS.includes(name)) return `${name}=${withoutSecrets(given)}`;
    const value = DERIVED[name]?.(config) ?? (given && hidden(name, given));
    return `${name}=${withoutSecrets(value ?? textOf(schema.safeParse(undefined).data))}`;
  });

/** Returns of a secret what is none: the path of its file, or the host of its address. */
function hidden(name: string, given: string): string {
  if (name.endsWith('_FILE')) return given;
  if (!/_(?:URL|ENDPOINT)$/.test(name) || !URL.canParse(given)) return NOT_SHOWN;
  const { protocol, host } = new URL(given);
  return `${protocol}//${host}/…`;
}

const NOT_SHOWN = '(set, and not shown)';

/** Writes a value as an environment does. */
const textOf = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value ?? '');
