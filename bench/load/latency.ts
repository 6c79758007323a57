/** What a server adds to an upstream that takes its time, while it has little to do. */
import { answerLength, type Fault, faultIn } from '../check.ts';
import { median } from '../figures.ts';
import { keyOf, type Query, type QueryName, reserveKeys } from '../queries.ts';
import { requestOf, type Server, type ServerName, startServer, textFor } from '../servers.ts';
import { type BodiesName, KEY } from '../upstream/set.ts';
import type { Site } from '../upstream/sites.ts';
import { startSlow } from '../upstream/slow.ts';
import { type Answered, askOnTime, type Question } from './on-time.ts';
import { settle } from './proc.ts';
import type { Bench } from './rounds.ts';
import { load } from './wrk.ts';

export const LATENCY_SERVERS = ['gateway', 'mercurius', 'yoga'] as const satisfies ServerName[];
export const LATENCY_QUERIES = ['Q1', 'Q2'] as const satisfies QueryName[];
export const UPSTREAM_MS = 100;
export const PER_SECOND = 20;
/** Of each server and query, in each round. */
export const SECONDS = 15;
/** Under wrk's load: at twenty a second, compilers would take minutes. */
export const LOADED_S = 2;
/** At twenty a second then, and of `direct` alone: connections are as they will be, and the slow upstream is warm. */
export const CALM_S = 2;

export interface LatencyRow {
  bodies: BodiesName;
  query: QueryName;
  /** `direct`: no server at all. */
  server: ServerName | 'direct';
  /** One for each round. */
  samples: { p50: number; p99: number }[];
  /** Any voids the row. */
  faults: Fault[];
}

export const latencyOf = ({ samples }: LatencyRow) => ({
  p50: median(samples.map(({ p50 }) => p50)),
  p99: median(samples.map(({ p99 }) => p99)),
});

export async function measureLatency(
  bench: Bench,
  servers: readonly ServerName[],
): Promise<LatencyRow[]> {
  const rows = bench.sites.flatMap(({ set }) =>
    LATENCY_QUERIES.flatMap((query) =>
      (['direct', ...servers] as const).map(
        (server): LatencyRow => ({ bodies: set.name, query, server, samples: [], faults: [] }),
      ),
    ),
  );
  for (let round = 1; round <= bench.options.rounds; round++) {
    for (const site of bench.sites) {
      const own = rows.filter(({ bodies }) => bodies === site.set.name);
      // Whoever is first in one round is last in the next.
      await runRound(bench, site, round % 2 === 1 ? own : own.toReversed());
    }
  }
  return rows;
}

async function runRound(bench: Bench, site: Site, rows: readonly LatencyRow[]) {
  const { folder, repository } = bench;
  const slow = await startSlow(site.upstream.url, { ms: UPSTREAM_MS, folder });
  try {
    for (const name of new Set(rows.map(({ server }) => server))) {
      const own = rows.filter(({ server }) => server === name);
      if (name === 'direct') {
        for (const row of own) await runDirect(row, site, slow.url);
        continue;
      }
      let server: Server | undefined;
      try {
        server = await startServer(name, { upstream: slow.url, folder, repository });
        for (const row of own) await runServer(row, { server, site, folder });
      } catch (error) {
        for (const row of own) voidRow(row, { what: 'broke off', detail: String(error) });
      }
      await server?.process.stop();
    }
  } finally {
    await slow.stop();
  }
}

interface Turn {
  server: Server;
  site: Site;
  folder: string;
}

async function runServer(row: LatencyRow, { server, site, folder }: Turn) {
  const query = site.queries[row.query];
  const text = textFor(server, query);
  const length = await answerLength(server, query);
  const asked = { url: server.url, query: text, traffic: 'users', length, folder } as const;
  await load({ ...asked, seconds: LOADED_S });
  await settle(server.process.pid);
  const answers = await ask((key) => [{ url: server.url, ...requestOf(text, key) }]);
  note(row, answers, (answered) => faultOfServer(answered, { server, query }));
}

const faultOfServer = (
  { key, texts }: Asked,
  { server, query }: { server: Server; query: Query },
) => faultIn(texts[0] ?? '', { dialect: server.dialect, expected: query.expected(key) });

/** What no server can do without: Q2 is one read, and Q1 one of the prompts and then one of a tune. */
async function runDirect(row: LatencyRow, { set }: Site, url: string) {
  const { page, tunes, prompts, usedTunes } = set;
  const [tune] = usedTunes;
  const reads = {
    Q1: [
      { path: `/prompts?limit=${page}`, body: prompts.slice(0, page) },
      { path: `/tunes/${tune?.id}`, body: tune },
    ],
    Q2: [{ path: `/tunes?limit=${page}`, body: tunes.slice(0, page) }],
    Q3: [],
  }[row.query];
  const expected = reads.map(({ body }) => set.write(body));
  const answers = await ask((key) =>
    reads.map(({ path }) => ({
      url: url + path,
      method: 'GET',
      headers: { authorization: `Bearer ${key}` },
    })),
  );
  note(row, answers, ({ key, texts }) =>
    texts
      .map((text, index) =>
        faultIn(text, {
          dialect: 'theirs',
          expected: (expected[index] ?? '').replaceAll(KEY, key),
        }),
      )
      .find((fault) => fault !== undefined),
  );
}

type Asked = Answered & { key: string };

/** Of each, a fresh key. */
async function ask(questionsOf: (key: string) => Question[]): Promise<Asked[]> {
  const calm = PER_SECOND * CALM_S;
  const count = calm + PER_SECOND * SECONDS;
  const first = reserveKeys(count);
  const keys = Array.from({ length: count }, (_, index) => keyOf(first + index));
  const answers = await askOnTime(keys.map(questionsOf), PER_SECOND);
  return answers.map((answer, index) => ({ ...answer, key: keys[index] ?? '' })).slice(calm);
}

function note(
  row: LatencyRow,
  answers: readonly Asked[],
  check: (asked: Asked) => Fault | undefined,
) {
  const fault = answers
    .map((answer) => answer.fault ?? check(answer))
    .find((one) => one !== undefined);
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
  const [p50, p99] = [percentile(0.5), percentile(0.99)];
  row.samples.push({ p50, p99 });
  console.error(`${nameOf(row).padEnd(32)} p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`);
  if (fault) voidRow(row, fault);
}

function voidRow(row: LatencyRow, fault: Fault) {
  row.faults.push(fault);
  console.error(`VOID ${nameOf(row)}: ${fault.what}\n${fault.detail}`);
}

const nameOf = ({ bodies, query, server }: LatencyRow) => `latency ${bodies} ${query} ${server}`;
