/**
 * `npm run test:clients`: Relay's compiler and store, gql.tada and codegen's client preset, each with the client package as it
 * would be published, and Hive Gateway, against the gateway on the emulator. They are too heavy for `npm ci`.
 * `-- --only federation` runs those with that word in their name.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const folder = fileURLToPath(new URL('clients/', import.meta.url));
const client = fileURLToPath(new URL('../client/', import.meta.url));
const bin = (name: string) => `node_modules/.bin/${name}`;

function run(program: string, args: readonly string[], cwd = folder) {
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const install = (cwd: string) =>
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd);

/** A process of its own, on the embedded emulator: what is run here waits for each program. */
async function startGateway() {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const env = { PORT: '0', SHUTDOWN_DELAY: '0', ALLOW_CALLER_KEYS: 'on' };
  const child = spawn(process.execPath, [main], { env });
  for await (const line of createInterface(child.stdout)) {
    const { endpoint } = JSON.parse(line);
    if (endpoint) return { child, url: endpoint as string };
  }
  throw new Error('The gateway ended before it was ready.');
}

const RUNS: Record<string, (url: string) => void> = {
  'Relay: compiler, pages, node(id), a mutation': (url) => {
    run(bin('relay-compiler'), ['relay/relay.config.js']);
    run(process.execPath, ['relay/run.mjs', url]);
  },
  'gql.tada: types, an answer': (url) => {
    run(bin('gql.tada'), ['generate-output', '--tsconfig', 'tada/tsconfig.json']);
    run(bin('tsc'), ['-p', 'tada']);
    run(process.execPath, ['tada/out/app.js', url]);
  },
  "codegen's client preset with graphql-request: types, an answer, fieldErrors": (url) => {
    run(bin('graphql-codegen'), ['--config', 'preset/codegen.cjs']);
    run(bin('tsc'), ['-p', 'preset']);
    run(process.execPath, ['preset/out/app.js', url]);
  },
  'Hive Gateway as a proxy: calls at Astria, keys, errors, headers, a file, a subscription': (
    url,
  ) => {
    install(`${folder}hive/`);
    run(process.execPath, ['hive/proxy.mjs', url]);
  },
  'Hive Gateway over two subgraphs (federation): calls at Astria, nodes, a paid mutation, errors, headers, a file, a subscription':
    () => {
      install(`${folder}hive/`);
      run(process.execPath, ['hive/federation.mjs']);
      run(process.execPath, ['hive/federation.mjs', '--hive-router-runtime']);
    },
};

const { only = '' } = parseArgs({ options: { only: { type: 'string' } } }).values;
const chosen = Object.entries(RUNS).filter(([name]) =>
  name.toLowerCase().includes(only.toLowerCase()),
);

run('npm', ['run', 'build'], client);
install(folder);
const gateway = await startGateway();
let failed = 0;
for (const [name, test] of chosen) {
  try {
    test(gateway.url);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED  ${name}\n${error}\n${(error as { stdout?: string }).stdout ?? ''}`);
  }
}
gateway.child.kill();
if (failed > 0) process.exitCode = 1;
