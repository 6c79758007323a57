/** Clients that ask for more than a process of little memory could hold, or could open. */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ask,
  type FloodRow,
  failed,
  IMAGE,
  MAX_CUT_MS,
  MAX_PEAK_MB,
  MAX_REST_MB,
  type Outcome,
  open,
  watch,
} from './flooded.ts';
import { HALF_BODIES, leaveHalf } from './half-bodies.ts';
import { AUTHORIZATION } from './known.ts';
import { longQuery, startLongRows } from './long-rows.ts';
import { startTarget } from './target.ts';

export interface FloodSizes {
  /** Of a connection that asks without taking, and of such connections that ask once. */
  pipelined: number;
  connections: number;
  /** Behind a query that takes 6 s, ten on each. */
  behindSlow: number;
  atOnce: number;
  /** How often a process is started to be asked all that at once. */
  starts: number;
  /** Connections that send a body of a megabyte, but for the end of it; as many as tell in memory, or none. */
  halfBodies: number;
  idle: number;
  descriptors: number;
  /** Whether clients that take nothing are waited for until they are cut off, and memory until it is let go. */
  untilEnd: boolean;
  /** How long the event loop may stand still; 200 where nothing else is said. */
  maxStallMs?: number;
}

const MAX_STALL_MS = 200;
const SLOW_MS = 6000;
const SMALL = 5000;

type OnRow = (row: FloodRow) => void;

export async function floodAll(sizes: FloodSizes, onRow: OnRow = () => {}): Promise<FloodRow[]> {
  const rows: FloodRow[] = [];
  const add = (row: FloodRow) => {
    rows.push(row);
    onRow(row);
  };
  const { pipelined, connections, behindSlow, starts } = sizes;
  const query = (name: string) => requestOf(longQuery(name));
  const many = (count: number, name: string) =>
    Array.from({ length: count }, (_, n) => query(`${name}-${n}`)).join('');
  const floods: Record<string, string[]> = {
    [`1 connection asks ${pipelined} times`]: [many(pipelined, 'p')],
    [`${connections} connections ask`]: Array.from({ length: connections }, (_, n) =>
      query(`c${n}`),
    ),
    [`${behindSlow} ask behind a slow query`]: Array.from(
      { length: behindSlow },
      (_, n) => requestOf(longQuery(`s${n}`, SLOW_MS)) + many(9, `s${n}`),
    ),
  };
  for (const [name, requests] of Object.entries(floods)) {
    add({ name, ...(await takeNothing(requests, sizes)) });
  }
  for (const kind of sizes.halfBodies > 0 ? HALF_BODIES : []) {
    const name = `${sizes.halfBodies} bodies, ${kind}`;
    add({ name, ...(await leaveHalf(kind, sizes.halfBodies, sizes.untilEnd)) });
  }
  for (let start = 1; start <= starts; start++) {
    add({ name: `${sizes.atOnce} at once, start ${start}`, ...(await askAtOnce(sizes)) });
  }
  add({ name: `${sizes.idle} idle connections`, ...(await beIdle(sizes)) });
  return rows;
}

const requestOf = (query: string) =>
  `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1\r\nHost: a\r\n${AUTHORIZATION.join(': ')}\r\n\r\n`;

/** The kernel may hold a whole answer, and its connection is then one that is idle. */
const SHORT_IDLING = { KEEP_ALIVE_TIMEOUT: '5' };

/** In a process that has answered honest clients of such rows before. */
async function takeNothing(
  requests: readonly string[],
  { untilEnd }: FloodSizes,
): Promise<Outcome> {
  const astria = await startLongRows();
  const environment = { ...IMAGE, ...SHORT_IDLING };
  const target = await startTarget(astria, { megabytes: 512, environment });
  const faults: string[] = [];
  try {
    for (let n = 0; n < 10; n++) await (await ask(target, longQuery(`honest-${n}`))).text();
    const { rssMb: idleMb, handles: before } = await target.read();
    const clients = requests.map((bytes) =>
      open(target)
        .pause()
        .setNoDelay()
        .on('connect', function (this: Socket) {
          this.write(bytes);
        }),
    );
    await sleep(500);
    const cut = await watch(
      target,
      untilEnd ? MAX_CUT_MS + SLOW_MS : 5000,
      (handles) => handles <= before,
    );
    if (untilEnd && !cut.isInTime) faults.push('it did not cut them off in time');
    const { status } = await ask(target, '{ __typename }');
    if (status !== 200) faults.push(`an honest client was answered ${status}`);
    for (const client of clients) client.destroy();
    const rest = await watch(
      target,
      untilEnd ? 60_000 : 0,
      (_, rssMb) => rssMb < idleMb + MAX_REST_MB,
    );
    const { rssMb: endMb } = await target.read();
    const peakMb = Math.max(cut.peakMb, rest.peakMb);
    if (peakMb > MAX_PEAK_MB) faults.push(`RSS rose to ${peakMb.toFixed(0)} MB`);
    if (untilEnd && !rest.isInTime)
      faults.push(`RSS stayed at ${endMb.toFixed(0)} MB, idle ${idleMb.toFixed(0)}`);
    const what = cut.isInTime ? `cut off after ${(cut.ms / 1000).toFixed(0)} s` : '';
    return { idleMb, peakMb, endMb, ms: cut.ms, what, faults };
  } catch (error) {
    return failed(target, error);
  } finally {
    await target.stop();
    await astria.close();
  }
}

async function askAtOnce(sizes: FloodSizes): Promise<Outcome> {
  const { atOnce: count, maxStallMs = MAX_STALL_MS } = sizes;
  const astria = await startLongRows(SMALL);
  const target = await startTarget(astria, { megabytes: 256, environment: IMAGE });
  const faults: string[] = [];
  try {
    await target.read('stalls');
    const { rssMb: idleMb } = await target.read();
    const begun = performance.now();
    let isDone = false;
    const watched = watch(target, 60_000, () => isDone);
    const statuses = await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const answer = await ask(target, longQuery(`at-once-${n}`));
        await answer.text();
        return answer.status;
      }),
    );
    const ms = performance.now() - begun;
    isDone = true;
    const { peakMb } = await watched;
    const { stallMs, rssMb: endMb } = await target.read('stalls');
    const answered = statuses.filter((status) => status === 200).length;
    const refused = statuses.filter((status) => status === 503).length;
    if (answered + refused < count)
      faults.push(`${count - answered - refused} were neither answered nor refused`);
    if (stallMs > maxStallMs)
      faults.push(`the event loop stood still for ${stallMs.toFixed(0)} ms`);
    const what = `${answered} answered, ${refused} refused; stalls ${stallMs.toFixed(0)} ms at most`;
    return { idleMb, peakMb: Math.max(peakMb, endMb), endMb, ms, what, faults };
  } catch (error) {
    return failed(target, error);
  } finally {
    await target.stop();
    await astria.close();
  }
}

async function beIdle({ idle, descriptors }: FloodSizes): Promise<Outcome> {
  const astria = await startLongRows(SMALL);
  const target = await startTarget(astria, { descriptors });
  const faults: string[] = [];
  try {
    const { rssMb: idleMb } = await target.read();
    const clients = Array.from({ length: idle }, () => open(target));
    await sleep(1000);
    const { rssMb: peakMb, handles } = await target.read();
    const answer = (await (await ask(target, longQuery('reachable'))).json()) as {
      errors?: unknown;
    };
    if (answer.errors) faults.push(`Astria was not reached: ${JSON.stringify(answer.errors)}`);
    for (const client of clients) client.destroy();
    return { idleMb, peakMb, endMb: peakMb, ms: 0, what: `${handles} handles`, faults };
  } catch (error) {
    return failed(target, error);
  } finally {
    await target.stop();
    await astria.close();
  }
}
