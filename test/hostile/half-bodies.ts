/** Clients that send nearly all of a long body, and then nothing more. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BOUNDARY } from '../support/multipart.ts';
import { failed, IMAGE, MAX_CUT_MS, type Outcome, watch } from './flooded.ts';
import { longQuery, startLongRows } from './long-rows.ts';
import { ATTACKER, OTHER, startTarget, type Target } from './target.ts';

const BODY_BYTES = 1_000_000;
const SENT_BYTES = 990_000;
const HONEST_BYTES = 500_000;
/** Before they are looked at: all is sent by then. */
const SENDING_MS = 3000;
/** Over idle: the 64 MB that bodies may hold, and what of those that were refused waits to be collected. Unbounded it is 500. */
const MAX_MORE_MB = 160;

export const HALF_BODIES = ['of one caller', 'of a caller each', 'operations of uploads'] as const;
type Kind = (typeof HALF_BODIES)[number];

const JSON_TYPE = 'application/json';
const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const OPERATIONS = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="operations"\r\n\r\n`;

export async function leaveHalf(kind: Kind, count: number, untilEnd: boolean): Promise<Outcome> {
  const astria = await startLongRows(5000);
  const target = await startTarget(astria, { megabytes: 512, environment: IMAGE });
  const faults: string[] = [];
  const keyOf = (n: number) => (kind === 'of a caller each' ? `sd_caller_${n}` : ATTACKER);
  try {
    // Until Astria has accepted a key, its caller is one of all strangers at their address.
    for (let n = 0; n < count && kind === 'of a caller each'; n++) await askAs(target, keyOf(n));
    await askAs(target, OTHER, HONEST_BYTES);
    const { rssMb: idleMb } = await target.read();
    const clients = Array.from({ length: count }, (_, n) => sendHalf(target, kind, keyOf(n)));
    const sending = await watch(target, SENDING_MS, () => false);
    let isOver = false;
    const honest = askOn(target, kind, () => isOver);
    const cut = await watch(target, untilEnd ? MAX_CUT_MS : 2000, () =>
      clients.every(({ isClosed }) => isClosed()),
    );
    isOver = true;
    faults.push(...(await honest));
    const peakMb = Math.max(sending.peakMb, cut.peakMb);
    if (untilEnd && !cut.isInTime) faults.push('it did not cut them off in time');
    if (peakMb > idleMb + MAX_MORE_MB)
      faults.push(`RSS rose to ${peakMb.toFixed(0)} MB, idle ${idleMb.toFixed(0)}`);
    for (const { socket } of clients) socket.destroy();
    const told = clients.filter(({ text }) => text().startsWith('HTTP/1.1 503')).length;
    const { rssMb: endMb } = await target.read();
    const what = `${told} refused${cut.isInTime ? `, the others cut off after ${(cut.ms / 1000).toFixed(0)} s` : ''}`;
    return { idleMb, peakMb, endMb, ms: cut.ms, what, faults };
  } catch (error) {
    return failed(target, error);
  } finally {
    await target.stop();
    await astria.close();
  }
}

function sendHalf({ url }: Target, kind: Kind, key: string) {
  const isUpload = kind === 'operations of uploads';
  const socket = connect(Number(url.port), url.hostname).on('error', () => {});
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  let isClosed = false;
  socket.on('close', () => {
    isClosed = true;
  });
  const head = [
    'POST /graphql HTTP/1.1',
    ...['Host: a', `Authorization: Bearer ${key}`, 'Apollo-Require-Preflight: 1'],
    `Content-Type: ${isUpload ? FORM_TYPE : JSON_TYPE}`,
    `Content-Length: ${BODY_BYTES}`,
  ];
  const body = `${isUpload ? OPERATIONS : ''}{"query":"`.padEnd(SENT_BYTES, 'x');
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return { socket, text: () => text, isClosed: () => isClosed };
}

/** What an honest caller asks meanwhile, and was refused. Where each is a caller of its own, there may be no room for what is long. */
async function askOn(target: Target, kind: Kind, isOver: () => boolean): Promise<string[]> {
  const faults = new Set<string>();
  const bytes = kind === 'of a caller each' ? 0 : HONEST_BYTES;
  while (!isOver()) {
    const status = await askAs(target, OTHER, bytes);
    if (status !== 200) faults.add(`an honest caller was answered ${status}`);
    await sleep(100);
  }
  return [...faults];
}

let asked = 0;

async function askAs({ url }: Target, key: string, bytes = 0): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE, authorization: `Bearer ${key}` },
    body: JSON.stringify({
      query: longQuery(`honest-${++asked}`),
      extensions: { x: 'x'.repeat(bytes) },
    }),
  });
  await answer.text();
  return answer.status;
}
