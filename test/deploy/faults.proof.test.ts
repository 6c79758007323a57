/** What goes wrong, the alerts that see it, and the line of the log that says why: docs/when-something-is-wrong.md. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { freePort } from '../support/free-port.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { ask, start } from '../support/process.ts';
import { readAlerts } from './alerts.ts';
import { readQuery, sumOf } from './promql.ts';

/** What they look at changes with every call, or in minutes only. */
const OF_SPEED = [
  ...['GatewayGone', 'GatewayDown', 'GatewayRestarts'],
  ...['GatewaySlow', 'GatewayMemoryHigh', 'GatewayStreamsHigh'],
  ...['AstriaSlow', 'JobsSeenLate'],
];
const READ = '{ tunes(first: 2) { nodes { title } } }';
const BUY =
  'mutation { createPrompt(input: { tuneId: 1504944, text: "a pier" }) { prompt { id } } }';

type Line = Record<string, unknown> & { msg: string };

interface Watched {
  url: string;
  emulator: Emulator;
  ledgerPath: string;
  ask(query: string): Promise<unknown>;
}

async function startWatched({ environment, headers }: Pick<Fault, 'environment' | 'headers'>) {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ledgerPath = join(folder, 'ledger.sqlite');
  const port = await freePort();
  const child = start({
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_demo', LEDGER_PATH: ledgerPath },
    ...{ METRICS: 'on', METRICS_PORT: String(port), UPSTREAM_RETRIES: '0', ...environment },
  });
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  await expect.poll(() => lines.some(({ msg }) => msg === 'ready')).toBe(true);
  const url = String(lines.find(({ endpoint }) => endpoint)?.endpoint);
  return {
    ...{ url, emulator, ledgerPath, lines },
    ask: async (query: string) => (await ask(url, query, headers)).json(),
    metrics: async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
  };
}

/** The value that each alert looks at. */
const inputsOf = (served: string) =>
  new Map(
    readAlerts()
      .filter(({ alert }) => !OF_SPEED.includes(alert))
      .map(({ alert, expr }) => {
        const [selector] = readQuery(expr).selectors;
        return [alert, selector ? sumOf(selector, served) : 0];
      }),
  );

interface Fault {
  name: string;
  environment?: Record<string, string>;
  headers?: Record<string, string>;
  make(watched: Watched): Promise<void>;
  alerts: string[];
  /** Of the line in the log. Undefined if there is none. */
  line?: Partial<Line>;
}

async function loseAstria({ emulator, ask }: Watched) {
  emulator.fail({ status: 503, times: 1000 });
  // The breaker opens after ten failures in a row that take a second.
  for (let n = 0; n < 15; n++) {
    await ask(READ);
    await sleep(100);
  }
}

const FAULTS: Fault[] = [
  {
    name: 'Astria is down',
    make: loseAstria,
    alerts: ['AstriaCallsFail', 'AstriaUnavailable'],
    line: { msg: 'the circuit breaker before Astria', breaker: 'open' },
  },
  {
    // The breaker is open for one caller then, because it has seen no other.
    name: 'Astria is down, behind a gateway key',
    environment: { GATEWAY_KEYS: gatewayKeys({ name: 'shop' }) },
    headers: bearer('shop'),
    make: loseAstria,
    alerts: ['AstriaCallsFail', 'AstriaFailsForOne', 'AstriaUnavailable'],
    line: { msg: 'operation', caller: 'shop', codes: ['UPSTREAM_UNAVAILABLE'] },
  },
  {
    name: 'Astria answers too late',
    environment: { UPSTREAM_TIMEOUT_MS: '300' },
    async make({ emulator, ask }) {
      emulator.fail({ latencyMs: 2000, times: 2 });
      await ask(READ);
    },
    alerts: ['AstriaCallsFail'],
    line: { msg: 'operation', codes: ['UPSTREAM_TIMEOUT'] },
  },
  {
    name: 'Astria has had too many calls',
    async make({ emulator, ask }) {
      emulator.fail({ status: 429, retryAfter: 30 });
      await ask(READ);
    },
    alerts: ['AstriaRefusesCalls'],
    line: { msg: 'operation', codes: ['RATE_LIMITED'] },
  },
  {
    name: 'the key of Astria was taken back',
    async make({ emulator, ask }) {
      emulator.fail({ status: 401, body: { error: 'Unauthorized' }, times: 5 });
      await ask(READ);
    },
    alerts: ['AstriaRefusesCalls'],
    line: { msg: 'operation', codes: ['UNAUTHENTICATED'] },
  },
  {
    name: 'Astria has changed a field',
    async make({ emulator, ask }) {
      emulator.fail({ path: '/tunes', patch: { '*.title': 7 } });
      await ask(READ);
    },
    alerts: ['AstriaDrifts'],
    line: { msg: 'Astria departs from its contract', field: 'title', kind: 'changed' },
  },
  {
    name: 'the ledger cannot be written',
    async make({ ledgerPath, ask }) {
      const file = new DatabaseSync(ledgerPath);
      file.exec('BEGIN IMMEDIATE');
      await ask(BUY);
      file.close();
    },
    alerts: ['LedgerFails'],
    line: { msg: 'the ledger of paid writes fails' },
  },
  {
    name: 'callbacks have an address of somebody else',
    environment: { PUBLIC_URL: 'https://graph.example', CALLBACK_SECRET: 's'.repeat(32) },
    async make({ url }) {
      await fetch(new URL('/callbacks/forged', url), { method: 'POST', body: '{}' });
    },
    alerts: ['CallbacksRefused'],
  },
];

test.each(FAULTS)('$name: $alerts', async ({ make, alerts, line, ...setting }) => {
  const watched = await startWatched(setting);
  await watched.ask(READ);
  const before = inputsOf(await watched.metrics());
  await make(watched);
  const after = inputsOf(await watched.metrics());
  const changed = [...after].filter(([alert, value]) => value > Number(before.get(alert)));
  expect(changed.map(([alert]) => alert).toSorted()).toEqual(alerts.toSorted());
  if (line) {
    await expect.poll(() => watched.lines).toContainEqual(expect.objectContaining(line));
    for (const alert of alerts) expect(sectionOf(alert)).toContain(`\`${line.msg}\``);
  }
});

function sectionOf(alert: string): string {
  const page = readFileSync('docs/when-something-is-wrong.md', 'utf8');
  return page.split(/^### /m).find((section) => section.startsWith(`${alert}\n`)) ?? '';
}

test('the page has a section for each alert, and none besides', () => {
  const page = readFileSync('docs/when-something-is-wrong.md', 'utf8');
  const sections = [...page.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
  expect(sections).toEqual(readAlerts().map(({ alert }) => alert));
});
