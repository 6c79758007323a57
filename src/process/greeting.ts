/**
 * What the process reports when it listens: the address, Astria's address, whose key is used, and how to send a request. Never
 * a secret.
 */
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { tellsCallersApart } from '../auth/access-settings.ts';
import type { Config } from '../config.ts';
import { withoutKeys } from '../observe/secrets.ts';

/** Reports to programs, by a log line that is written at once. */
export function sayReady(log: Logger, config: Config, address: AddressInfo) {
  if (!config.baseUrl) log.warn(EMULATOR);
  const endpoint = endpointAt(address);
  log.info(
    {
      endpoint,
      graphiql: config.graphiql ? endpoint : 'off',
      subgraph: config.servesSubgraph ? subgraphBeside(endpoint) : 'off',
      mcp: config.servesMcp ? mcpBeside(endpoint) : 'off',
      upstream: config.baseUrl ?? 'emulator',
      credential: credentialMode(config),
      workspace: config.credential.workspaceId ?? null,
      metrics: config.metrics ?? null,
    },
    'ready',
  );
  log.flush();
}

export const EMULATOR = 'AN EMBEDDED EMULATOR, not Astria: set ASTRIA_AUTH_TOKEN for the real one';

function endpointAt({ port, family, address }: AddressInfo): string {
  const isAnywhere = address === '0.0.0.0' || address === '::';
  const host = isAnywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}/graphql`;
}

const subgraphBeside = (endpoint: string) => endpoint.replace(/graphql$/, 'subgraph');
const mcpBeside = (endpoint: string) => endpoint.replace(/graphql$/, 'mcp');

/** Returns the report for people at a terminal. */
export function greeting(config: Config, address: AddressInfo): string {
  const endpoint = endpointAt(address);
  const key = keyToSend(config);
  const query = `{"query":"{ tunes(first: 3) { nodes { title status } } }"}`;
  const page = config.graphiql ? `${endpoint}   (open it in a browser)` : 'off';
  const subgraph = config.servesSubgraph ? `\n  Subgraph     ${subgraphBeside(endpoint)}` : '';
  const mcp = config.servesMcp ? `\n  MCP          ${mcpBeside(endpoint)}` : '';
  return `
  GraphiQL     ${page}
  Endpoint     ${endpoint}   (POST)${subgraph}${mcp}
  Upstream     ${config.baseUrl ?? EMULATOR}
  Credential   ${credentialMode(config)}
  Workspace    ${config.credential.workspaceId ?? 'the personal scope'}, unless a request says another

  Try:  curl ${endpoint} -H 'Content-Type: application/json'${key ? ` -H 'Authorization: Bearer ${key}'` : ''} -d '${query}'
`;
}

/** Returns the header that a request needs, if it needs one. */
function keyToSend({ credential, gatewayKeys, jwt }: Config): string | undefined {
  if (gatewayKeys.length > 0) return 'gk_YOUR_KEY';
  if (jwt) return 'YOUR_TOKEN';
  return credential.token ? undefined : 'sd_YOUR_KEY';
}

function credentialMode(config: Config): string {
  const { baseUrl, credential, gatewayKeys, jwt, allowsCallerKeys } = config;
  const own = allowsCallerKeys ? ', unless a request brings its own' : '';
  const held = baseUrl ? 'the configured key' : 'the seeded account';
  if (tellsCallersApart(config)) {
    const known = gatewayKeys.map(({ name, role }) => `${name} (${role})`).join(', ');
    const whose = [known, jwt && `the tokens of ${withoutKeys(jwt.issuer)}`]
      .filter(Boolean)
      .join(', and ');
    return `${held}, for ${whose}${own}`;
  }
  if (!baseUrl) return `${held}, unless a request brings another key`;
  return credential.token
    ? `${held}, for everybody on this machine${own}`
    : "each request brings its own: 'Authorization: Bearer sd_…'";
}
