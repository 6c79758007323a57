/** The options of an embedded gateway: the settings of the environment as plain values, checked by the same schema. */
import { tellsCallersApart } from '../auth/access-settings.ts';
import type { GatewayKeyEntry } from '../auth/gateway-keys.ts';
import {
  type Config,
  ConfigError,
  holdsKey,
  readConfig,
  SETTINGS,
  type Settings,
} from '../config.ts';

/** What only a process has. A program that embeds the gateway listens, watches and stops by its own means. */
const OF_THE_PROCESS = [
  'NODE_ENV',
  'PORT',
  'HOST',
  'SHUTDOWN_DELAY',
  'METRICS_HOST',
  'METRICS_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
] as const;

type OptionalSettings = Omit<Settings, (typeof OF_THE_PROCESS)[number]>;

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<Name>;

/** A list stands for the text of the environment with commas between. */
type OptionValue<Value> = Value extends boolean
  ? boolean
  : Value extends number
    ? number | `${number}`
    : Value extends string
      ? Value
      : string | readonly string[];

/**
 * The settings of the environment, with their names in camelCase: `MAX_STREAMS` is `maxStreams`. Units and defaults are the
 * same. docs/configuration.md in this package describes each.
 */
export type GatewaySettings = {
  [Name in Exclude<keyof OptionalSettings, 'GATEWAY_KEYS'> as CamelCase<Name>]?:
    | OptionValue<NonNullable<OptionalSettings[Name]>>
    | undefined;
} & {
  /** Who may use the gateway: a list, or `@` and the path of a file with one as JSON. */
  gatewayKeys?: readonly GatewayKeyEntry[] | string | undefined;
};

const camelCase = (name: string) =>
  name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const OF_OPTIONS = new Map<string, string>(
  Object.keys(SETTINGS).map((name) => [camelCase(name), name]),
);
const PROCESS_SETTINGS: readonly string[] = OF_THE_PROCESS;

/** Checks the options. Throws a `ConfigError` with a line for each fault: the option, the fault and the remedy. */
export function configOf(options: GatewaySettings): Config {
  const faults: string[] = [];
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const text = textOf(value);
    const setting = OF_OPTIONS.get(name);
    if (setting === undefined) faults.push(`${name} ${UNKNOWN}`);
    else if (PROCESS_SETTINGS.includes(setting)) faults.push(`${name} ${NOT_HERE}`);
    else if (text === undefined) faults.push(`${name} ${NO_VALUE}`);
    else environment[setting] = text;
  }
  const config = faults.length > 0 ? undefined : read(environment, faults);
  if (config && config.baseUrl === undefined) faults.push(NO_ASTRIA);
  else if (config && holdsKey(config) && !tellsCallersApart(config)) faults.push(NO_CALLERS);
  if (!config || faults.length > 0) throw new ConfigError(faults.join('\n'));
  return config;
}

const UNKNOWN =
  'is no option: the options are the settings of docs/configuration.md in camelCase, and logger';
const NOT_HERE =
  'is for the gateway as a process of its own, and your program decides it here: leave it out';
const NO_VALUE =
  'must be a text, a number, true, false or a list with one entry at least; leave it out for the default';
const NO_ASTRIA =
  'astriaBaseUrl must be set, such as https://api.astria.ai, or astriaAuthToken; for tests it is the url of startEmulator()';
const NO_CALLERS =
  'gatewayKeys must be set, or jwtJwksUrl: otherwise anybody who reaches your program could spend the money of astriaAuthToken; or set astriaBaseUrl alone, and each caller brings a key of Astria';

/** Returns the value as the environment would hold it. Undefined if no setting can have it. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'string') ? value.join(',') : JSON.stringify(value);
}

function read(environment: Record<string, string>, faults: string[]): Config | undefined {
  try {
    return readConfig({ ...environment, SHUTDOWN_DELAY: '0' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(inOptions(error.message));
    return undefined;
  }
}

/** Replaces the names of settings by those of options. */
export const inOptions = (message: string) =>
  message.replaceAll(/\b[A-Z]+(?:_[A-Z]+)*\b/g, (name) =>
    OF_OPTIONS.has(camelCase(name)) ? camelCase(name) : name,
  );
