/**
 * `npm start`: serves the built page at /studio, and the graph of a gateway at /graphql. GATEWAY_URL is the gateway's address. If
 * it is not set, this starts a gateway of this repository on the emulator.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

const DEFAULT_PORT = 4100;

/** The budget that the pages show, in dollars of the emulator. */
const BUDGET = {
  BUDGET_DAY: '25',
  BUDGET_UNKNOWN_IMAGE: '0.25',
  BUDGET_UNKNOWN_VIDEO: '2',
  BUDGET_UNKNOWN_TUNE: '1.5',
};

const GATEWAY = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs `astria-graphql` until this program ends. Returns the origin of the address that it prints. */
async function run(args: string[], env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [GATEWAY, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  process.once('exit', () => child.kill());
  for await (const line of createInterface(child.stdout)) {
    const address = /"endpoint":"([^"]+)|listens at (\S+)/.exec(line);
    if (address) return new URL((address[1] ?? address[2]) as string).origin;
  }
  throw new Error(`astria-graphql ${args.join(' ')} ended before it was ready.`);
}

async function startGateway(): Promise<string> {
  return run(['serve'], {
    PORT: '0',
    LEDGER_PATH: ':memory:',
    SHUTDOWN_DELAY: '0',
    ASTRIA_BASE_URL: await run(['emulator', '--port', '0']),
    ASTRIA_AUTH_TOKEN: 'sd_demo',
    ...BUDGET,
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());
const given = process.env.GATEWAY_URL;
// vite.config.ts reads it.
process.env.GATEWAY_URL = given ?? (await startGateway());
const port = Number(process.env.PORT ?? DEFAULT_PORT);
const root = fileURLToPath(new URL('.', import.meta.url));
const server = await preview({ root, preview: { port, strictPort: true } }).catch(
  ({ message }: Error) => {
    console.error(`The studio cannot be served at port ${port}, which PORT can change: ${message}`);
    process.exit(1);
  },
);
const address = server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${port}/studio/`;
console.log(`
  Studio     ${address}
  GraphiQL   ${new URL('/graphql', address)}
  Gateway    ${given ?? 'on the emulator: nothing costs anything'}

  Ctrl+C stops it.
`);
