/** `npm run bench:uploads`: what uploads cost, measured beside what they may cost. `--megabytes 512`: in a container with as much memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Container, containerOf } from '../test/support/container.ts';
import { startCountingAstria } from '../test/support/counting-astria.ts';

const FILES = 20;
const FILE_BYTES = 10_000_000;
const ROUNDS = 7;
/** As long as a browser's. */
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const JSON_TYPE = { 'content-type': 'application/json' };
const GOALS = { rssGrowthMb: 64, abortMs: 100, timesOfProxy: 1.5 };

const astria = await startCountingAstria();

const { values } = parseArgs({ options: { megabytes: { type: 'string' } } });
const started: { child: ChildProcess; container: Container | undefined }[] = [];
async function start(file: URL) {
  const container = values.megabytes ? containerOf(Number(values.megabytes)) : undefined;
  const { prefix = [], flags = [] } = container ?? {};
  const node = [process.execPath, ...flags, fileURLToPath(file), astria.url];
  const [command = '', ...args] = [...prefix, ...node];
  const child = spawn(command, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  started.push({ child, container });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, url: `http://127.0.0.1:${port}/graphql` };
}

async function peakRss(child: ChildProcess) {
  child.send('rss');
  const [{ peak }] = (await once(child, 'message')) as [{ peak: number }];
  return peak;
}

const text = (name: string, value: unknown) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${JSON.stringify(value)}\r\n`;
const indices = Array.from({ length: FILES }, (_, index) => index);
const head =
  text('operations', {
    query: 'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
    variables: { input: { title: 'bench', images: indices.map(() => ({ file: null })) } },
  }) +
  text('map', Object.fromEntries(indices.map((i) => [i, [`variables.input.images.${i}.file`]])));
// Bytes as a JPEG has them: a pattern would make the parser's search faster, or slower, than it is.
const piece = randomBytes(64 * 1024);

function* body(files = FILES, fileBytes = FILE_BYTES) {
  yield Buffer.from(head);
  for (let index = 0; index < files; index++) {
    yield Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${index}"; filename="${index}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
    );
    for (let left = fileBytes; left > 0; left -= piece.length) {
      yield left < piece.length ? piece.subarray(0, left) : piece;
    }
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${BOUNDARY}--\r\n`);
}

const open = (url: string) =>
  request(url, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      authorization: 'Bearer sd_bench',
      'apollo-require-preflight': 'true',
    },
  });

/** Milliseconds from the first byte sent to the last received. */
async function upload(url: string) {
  const begun = performance.now();
  const outgoing = open(url);
  const answered = once(outgoing, 'response');
  await pipeline(Readable.from(body(), { objectMode: false }), outgoing);
  const [response] = await answered;
  const answer = Buffer.concat(await response.toArray()).toString();
  if (answer.includes('errors')) throw new Error(answer);
  return performance.now() - begun;
}

async function abort(url: string) {
  const from = astria.bytes();
  const outgoing = open(url).on('error', () => {});
  Readable.from(body(), { objectMode: false }).pipe(outgoing);
  while (astria.bytes() - from < (FILES * FILE_BYTES) / 2) await sleep(1);
  return astria.breakOff(outgoing);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

function print(what: string, { found, goal, unit }: { found: number; goal: number; unit: string }) {
  const isMet = found < goal;
  console.log(
    `${isMet ? 'met   ' : 'MISSED'} ${what.padEnd(58)} ${found.toFixed(2).padStart(8)} ${unit}, goal < ${goal}`,
  );
  if (!isMet) process.exitCode = 1;
}

try {
  const gateway = await start(new URL('./gateway.ts', import.meta.url));
  // Loads yoga, as the first upload would: what code takes is no part of what an upload takes.
  await fetch(gateway.url, { method: 'POST', body: '[]', headers: JSON_TYPE });
  await sleep(1000);
  await peakRss(gateway.child);
  await sleep(200);
  const idle = await peakRss(gateway.child);
  await upload(gateway.url);
  const growth = (await peakRss(gateway.child)) - idle;
  print(`RSS growth, first ${FILES} files of 10 MB through createTune`, {
    found: growth / 1e6,
    goal: GOALS.rssGrowthMb,
    unit: 'MB',
  });

  const proxy = await start(new URL('./proxy.ts', import.meta.url));
  await upload(proxy.url);
  const times = { gateway: [] as number[], proxy: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.proxy.push(await upload(proxy.url));
    times.gateway.push(await upload(gateway.url));
  }
  const [ours, theirs] = [median(times.gateway), median(times.proxy)];
  const mb = (FILES * FILE_BYTES) / 1e6;
  print(
    `time, ${Math.round((mb / ours) * 1000)} MB/s against ${Math.round((mb / theirs) * 1000)} MB/s of a plain proxy`,
    { found: ours / theirs, goal: GOALS.timesOfProxy, unit: 'x' },
  );
  const later = (await peakRss(gateway.child)) - idle;
  print(`RSS growth, after ${ROUNDS} more such uploads`, {
    found: later / 1e6,
    goal: GOALS.rssGrowthMb,
    unit: 'MB',
  });

  const aborts: number[] = [];
  for (let round = 0; round < ROUNDS; round++) aborts.push(await abort(gateway.url));
  print('abort of the client to abort at Astria, slowest of 7', {
    found: Math.max(...aborts),
    goal: GOALS.abortMs,
    unit: 'ms',
  });
} finally {
  for (const { child, container } of started) {
    const over = once(child, 'exit');
    child.kill();
    await over;
    container?.remove();
  }
  astria.close();
}
