/** Those that are measured, and how each is started as its own documentation would have it in production. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/support/free-port.ts';
import { type Recipe, type Started, start, untilAnswers } from './load/children.ts';
import { type Dialect, keyOf, Q3, type Query, reserveKeys } from './queries.ts';

export const SERVERS = [
  'gateway',
  'tailcall',
  'mercurius',
  'mercurius-checked',
  'yoga',
  'apollo',
  'floor',
] as const;
export type ServerName = (typeof SERVERS)[number];

export interface Server {
  name: ServerName;
  url: string;
  dialect: Dialect;
  process: Started;
}

/** What a server is told. */
export interface Setting {
  upstream: string;
  /** For what it writes. */
  folder: string;
  /** Of the gateway's checkout. */
  repository: string;
  nodeOptions?: readonly string[];
}
type Place = Setting & { port: number };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function startServer(name: ServerName, setting: Setting): Promise<Server> {
  const place = { ...setting, port: await freePort() };
  const recipe = RECIPES[name](place);
  const { folder } = setting;
  const log = join(folder, `${name}.log`);
  const process = start({ name, side: 'server', log, ...recipe });
  const server: Server = {
    name,
    url: `http://127.0.0.1:${place.port}/graphql`,
    dialect: name === 'gateway' ? 'ours' : 'theirs',
    process,
  };
  await untilAnswers(process, server.url, requestOf(Q3.ours, keyOf(reserveKeys(1))));
  return server;
}

export const textFor = ({ dialect }: Server, query: Query) => query[dialect];

export const requestOf = (query: string, key: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
  body: JSON.stringify({ query }),
});

type Launch = Pick<Recipe, 'command' | 'env' | 'cwd'>;

const gateway = ({ port, upstream, folder, repository, nodeOptions = [] }: Place): Launch => ({
  command: [process.execPath, ...nodeOptions, 'dist/main.js'],
  cwd: repository,
  env: {
    NODE_ENV: 'production',
    PORT: String(port),
    ASTRIA_BASE_URL: upstream,
    LOG_LEVEL: 'warn',
    SHUTDOWN_DELAY: '0',
    // Each request may have a key of its own.
    NEW_KEY_RATE_LIMIT: '999999999/s',
    LEDGER_PATH: join(folder, 'ledger.sqlite'),
  },
});

const script =
  (file: string) =>
  ({ port, upstream }: Place): Launch => ({
    command: [process.execPath, here(`peers/${file}`), String(port), upstream],
    env: { NODE_ENV: 'production' },
  });

const TAILCALL = here('node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall');

function tailcall({ port, upstream, folder }: Place): Launch {
  if (!existsSync(TAILCALL)) throw new Error('npm has no Tailcall for this machine');
  const config = join(folder, 'tailcall.graphql');
  const text = readFileSync(here('peers/tailcall.graphql'), 'utf8');
  writeFileSync(
    config,
    text.replace('8000', String(port)).replaceAll('http://127.0.0.1:9', upstream),
  );
  // It looks for a newer version of itself unless it has looked before, and reports its use unless told not to.
  mkdirSync(join(folder, 'tailcall'), { recursive: true });
  writeFileSync(join(folder, 'tailcall/.state'), '0');
  return {
    command: [TAILCALL, 'start', config],
    env: {
      TAILCALL_TRACKER: 'false',
      TC_TRACKER: 'false',
      TAILCALL_LOG_LEVEL: 'error',
      HOME: folder,
      XDG_CACHE_HOME: folder,
    },
  };
}

const RECIPES: Record<ServerName, (place: Place) => Launch> = {
  gateway,
  tailcall,
  mercurius: script('mercurius.js'),
  'mercurius-checked': script('mercurius-checked.js'),
  yoga: script('yoga.js'),
  apollo: script('apollo.js'),
  floor: script('floor.js'),
};
