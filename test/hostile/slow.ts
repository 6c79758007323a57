/** Clients that take their time: with the head of a request, its body, or a file. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOUNDARY, part } from '../support/multipart.ts';
import { AUTHORIZATION } from './known.ts';
import { MAX_CPU_MS, type Meter } from './measure.ts';

const DRIP_MS = 1000;
/** Of others, meanwhile. */
const MAX_ANSWER_MS = 2000;

const head = (...lines: string[]) =>
  ['POST /graphql HTTP/1.1', 'Host: a', AUTHORIZATION.join(': '), ...lines, '', ''].join('\r\n');
const form = Buffer.concat([
  part(
    'form-data; name="operations"',
    '{"query":"mutation ($f: Upload) { createTune(input: { title: \\"x\\", name: \\"man\\", images: [{ file: $f }] }) { tune { id } } }","variables":{"f":null}}',
  ),
  part('form-data; name="map"', '{"0":["variables.f"]}'),
]).toString();
const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="0"; filename="0.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG`;

interface Kind {
  begin: string;
  /** What comes each second; nothing at all where it is empty. */
  drip: string;
  /** What it is answered at last. */
  status: RegExp;
}

const KINDS: Record<string, Kind> = {
  'a head': { begin: 'POST /graphql HTTP/1.1\r\n', drip: 'a: b\r\n', status: /^HTTP\/1\.1 408 / },
  'no head': { begin: '', drip: '', status: /^HTTP\/1\.1 408 |^$/ },
  'a body': {
    begin: head('Content-Type: application/json', 'Content-Length: 1000'),
    drip: '{',
    status: /^HTTP\/1\.1 408 /,
  },
  'an upload': {
    begin: `${head(`Content-Type: multipart/form-data; boundary=${BOUNDARY}`, 'Apollo-Require-Preflight: 1', 'Content-Length: 9999999')}${form}${file}`,
    drip: '',
    // The rest of the answer stands: it is in the field.
    status: /^HTTP\/1\.1 200 /,
  },
};

export interface SlowReport {
  connections: number;
  cpuMsEach: number;
  /** The longest that anybody else waited. */
  slowestMs: number;
  faults: string[];
}

/** `untilEnd`: until the gateway has had enough of them, which is 100 seconds at most. */
export async function beSlow(meter: Meter, each: number, untilEnd: boolean): Promise<SlowReport> {
  const { target } = meter;
  const before = await target.read();
  const begun = performance.now();
  const clients = Object.entries(KINDS).flatMap(([name, kind]) =>
    Array.from({ length: each }, () => begin(name, kind, target.url)),
  );
  const faults: string[] = [];
  let slowestMs = 0;
  const endMs = untilEnd ? 120_000 : 2500;
  while (performance.now() - begun < endMs && clients.some(({ isOver }) => !isOver())) {
    const asked = performance.now();
    const answer = await ask(target.url);
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    if (answer !== 'Query') faults.push(`meanwhile it answered ${answer}`);
    for (const client of clients) client.drip();
    await sleep(DRIP_MS);
  }
  const seconds = (performance.now() - begun) / 1000;
  const used = (await target.read()).cpuMs - before.cpuMs - seconds * meter.idleMsPerSecond;
  for (const client of clients) faults.push(...client.end(untilEnd));
  const cpuMsEach = Math.max(0, used) / clients.length;
  if (cpuMsEach > MAX_CPU_MS) faults.push(`each costs ${cpuMsEach.toFixed(1)} ms of CPU`);
  if (slowestMs > MAX_ANSWER_MS) faults.push(`others waited ${slowestMs.toFixed(0)} ms`);
  return { connections: clients.length, cpuMsEach, slowestMs, faults: [...new Set(faults)] };
}

function begin(name: string, { begin, drip, status }: Kind, { hostname, port }: URL) {
  const socket: Socket = connect(Number(port), hostname);
  let text = '';
  let isOver = false;
  socket
    .setEncoding('latin1')
    .on('data', (chunk) => {
      text += chunk;
    })
    .on('error', () => {})
    .on('close', () => {
      isOver = true;
    })
    .write(begin, 'latin1');
  return {
    isOver: () => isOver,
    drip: () => void (!isOver && drip && socket.write(drip)),
    end(wasAwaited: boolean): string[] {
      socket.destroy();
      const shown = text.slice(0, 300);
      if (wasAwaited && !(isOver || text)) return [`${name}: it was waited for without end`];
      return text && !status.test(text) ? [`${name} was answered ${shown}`] : [];
    },
  };
}

async function ask(url: URL): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [AUTHORIZATION[0]]: AUTHORIZATION[1] },
    body: '{"query":"{ __typename }"}',
  });
  const { data } = (await response.json()) as { data?: { __typename: string } };
  return data?.__typename;
}
