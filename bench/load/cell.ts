/** One server under one kind of load: what an operation costs it, and whether its answers stay right. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answerLength, type Fault, faultOf } from '../check.ts';
import type { Query, Traffic } from '../queries.ts';
import { type Server, textFor } from '../servers.ts';
import type { Upstream } from '../upstream/nginx.ts';
import { cpuMicroseconds, rssMegabytes, settle } from './proc.ts';
import { load, type Tally } from './wrk.ts';

export interface Figures {
  /** Microseconds of all threads and children, for one operation. */
  cpu: number;
  rps: number;
  p50: number;
  p99: number;
  /** Upstream requests for one operation. */
  upstream: number;
  /** Megabytes, the most seen under load. */
  rss: number;
}

export interface Outcome {
  figures: Figures;
  fault: Fault | undefined;
}

export interface Cell {
  query: Query;
  traffic: Traffic;
  seconds: number;
}

/** Until compilers have seen what they need to. */
export const WARM_UP_S = 4;
/** Callers who ask while the load is on, and whose answers are looked at. */
const CALLERS = 5;
const USERS = 50;

export async function measure(
  server: Server,
  { query, traffic, seconds }: Cell,
  { upstream, folder }: { upstream: Upstream; folder: string },
): Promise<Outcome> {
  const { pid } = server.process;
  const length = await answerLength(server, query);
  const asked = { url: server.url, query: textFor(server, query), traffic, length, folder };
  await load({ ...asked, seconds: WARM_UP_S });
  await settle(pid);

  const begin = { cpu: cpuMicroseconds(pid), requests: await upstream.requests() };
  const loading = load({ ...asked, seconds });
  const callers = sleep((seconds * 1000) / 2).then(() => faultOf(server, query, CALLERS));
  const rss = await mostRss(pid, Promise.all([loading, callers]));
  const [tally, during] = [await loading, await callers];
  await settle(pid);
  const end = { cpu: cpuMicroseconds(pid), requests: await upstream.requests() };
  const after = await faultOf(server, query, traffic === 'users' ? USERS : CALLERS);

  const operations = tally.requests + CALLERS;
  const figures = {
    cpu: (end.cpu - begin.cpu) / operations,
    rps: (operations * 1000) / tally.ms,
    p50: tally.p50Ms,
    p99: tally.p99Ms,
    upstream: (end.requests - begin.requests) / operations,
    rss,
  };
  return { figures, fault: during ?? after ?? loadFault(tally) ?? missing(upstream) };
}

async function mostRss(pid: number, work: Promise<unknown>): Promise<number> {
  let [most, isOver] = [0, false];
  const over = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    most = Math.max(most, rssMegabytes(pid));
    await Promise.race([over, sleep(250)]);
  }
  return most;
}

export function loadFault({ wrong, lost, requests }: Tally): Fault | undefined {
  if (wrong === 0 && lost === 0) return undefined;
  const detail = `of ${requests} answers ${wrong} of another status or length; ${lost} requests without one`;
  return { what: 'wrong answers under load', detail };
}

function missing(upstream: Upstream): Fault | undefined {
  const questions = upstream.unanswered();
  if (questions.length === 0) return undefined;
  return { what: 'the upstream has no such body', detail: questions.slice(0, 5).join('\n') };
}
