/** The process: reads the environment, starts the emulator where no upstream is configured, and listens. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createCallers } from './callers.ts';
import { type Config, ConfigError, DEMO_KEY, readConfig } from './config.ts';
import { createGateway } from './server.ts';
import { createUpstream } from './upstream/client.ts';
import { countDrift } from './upstream/drift.ts';

async function main() {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel });
  const emulator = config.baseUrl ? undefined : await startEmbedded();
  const upstream = createUpstream({
    baseUrl: config.baseUrl ?? (emulator?.url as string),
    timeoutMs: config.upstreamTimeoutMs,
    retries: config.upstreamRetries,
    breaker: config.hasBreaker && {
      onChange: (breaker) => log.warn({ breaker }, 'the circuit breaker before Astria'),
    },
    onDrift: countDrift((drift) => log.warn(drift, 'Astria sent a field of another type')).note,
  });
  const callers = createCallers(config);
  const gateway = createGateway({ config, upstream, callers, log, now: Date.now });
  const server = createServer({ requestTimeout: LONGEST_UPLOAD_MS }, gateway);
  await listen(server, config);
  console.log(greeting(config, server.address() as AddressInfo));

  const stop = () => {
    drain(server, async () => {
      await upstream.close();
      await emulator?.close();
    });
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // graphql-js leaves some behind where a list fails twice over: no reason to let everybody else down.
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a failure nobody waited for'),
  );
}

/** Node would cut a request off after 5 minutes: too soon for large files on a slow line. */
const LONGEST_UPLOAD_MS = 30 * 60_000;
/** More than any call to Astria may take. */
const LONGEST_DRAIN_MS = 40_000;

/** Takes no new connection, answers what is in flight, lets go of the rest. */
function drain(server: Server, whenDone: () => Promise<void>) {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const giveUp = setTimeout(() => server.closeAllConnections(), LONGEST_DRAIN_MS);
  // A connection in use is not idle at the signal: its next answer says that it is the last.
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
  server.close(() => {
    clearInterval(sweep);
    clearTimeout(giveUp);
    void whenDone();
  });
}

async function startEmbedded() {
  const { startEmulator } = await import('./emulator/serve.ts');
  return startEmulator();
}

const listen = (server: Server, { port, host }: Config) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

function greeting(config: Config, { port, family, address }: AddressInfo): string {
  const isAnywhere = address === '0.0.0.0' || address === '::';
  const host = isAnywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  const endpoint = `http://${host}:${port}/graphql`;
  const { token } = config.credential;
  const isOpen = token !== undefined;
  const query = `{"query":"{ tunes(first: 3) { nodes { title status } } }"}`;
  return `
  GraphiQL     ${endpoint}   (open it in a browser)
  Endpoint     ${endpoint}   (POST)
  Upstream     ${config.baseUrl ?? 'AN EMBEDDED EMULATOR, not Astria: set ASTRIA_AUTH_TOKEN for the real one'}
  Credential   ${credentialMode(config)}
  Workspace    ${config.credential.workspaceId ?? 'the personal scope'}, unless a request says another

  Try:  curl ${endpoint} -H 'Content-Type: application/json'${isOpen ? '' : " -H 'Authorization: Bearer sd_YOUR_KEY'"} -d '${query}'
`;
}

function credentialMode({ baseUrl, credential }: Config): string {
  if (!baseUrl) return `${DEMO_KEY}, the seeded account, unless a request brings another key`;
  return credential.token
    ? 'the configured key, unless a request brings its own'
    : "each request brings its own: 'Authorization: Bearer sd_…'";
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof ConfigError) console.error(`The environment has faults:\n${error.message}`);
  else if (error.code === 'EADDRINUSE') {
    console.error(
      `Port ${process.env.PORT ?? 4000} is taken: stop what listens there, or set PORT to another.`,
    );
  } else if (error.syscall === 'listen' || error.syscall === 'getaddrinfo') {
    console.error(
      `HOST ${process.env.HOST} cannot be listened on (${error.code}): give an address of this machine.`,
    );
  } else console.error(error);
  // Not by running out of work: the emulator may be listening already.
  process.exit(1);
});
