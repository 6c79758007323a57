/** wrk, and the script by which it asks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf, reserveKeys, type Traffic } from '../queries.ts';
import { pinned, track } from './children.ts';

const CONNECTIONS = 100;

export interface Load {
  url: string;
  query: string;
  traffic: Traffic;
  seconds: number;
  /** Of each answer, in bytes: keys are all of one length, so answers are too. */
  length: number;
  /** For the script, and the sign that it has ended. */
  folder: string;
}

export interface Tally {
  requests: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers of another status or length. */
  wrong: number;
  /** Requests without an answer. */
  lost: number;
  /** From the first request to the last answer. */
  ms: number;
}

/**
 * Asks for so many seconds, and then waits for all that is under way: a server that is slow has a good part of a
 * short run's work still before it when the time is over, and would be charged for it without the operations.
 */
export async function load(given: Load): Promise<Tally> {
  const script = join(given.folder, 'load.lua');
  const sign = join(given.folder, 'load.over');
  rmSync(sign, { force: true });
  writeFileSync(script, scriptOf(given, sign));
  const longest = given.seconds + LONGEST_ANSWER_S;
  const options = ['-t1', `-c${CONNECTIONS}`, `-d${longest}s`, '--timeout', `${longest}s`];
  const [file, ...args] = pinned(['wrk', ...options, '-s', script, given.url], 'load');
  const begun = performance.now();
  const child = spawn(file as string, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  track(child);
  const tally = tallyOf(child);
  const isOver = () => existsSync(sign) || child.exitCode !== null || child.signalCode !== null;
  await Promise.race([tally, until(isOver)]);
  const ms = performance.now() - begun;
  child.kill('SIGINT');
  return { ...(await tally), ms };
}

async function until(isTrue: () => boolean) {
  while (!isTrue()) await sleep(5);
}

const LONGEST_ANSWER_S = 60;

async function tallyOf(child: ChildProcess): Promise<Omit<Tally, 'ms'>> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  const [, json] = output.match(/^TALLY (.*)$/m) ?? [];
  if (!json) throw new Error(`wrk gave no result: ${output}`);
  const { p50Us, p99Us, ...rest } = JSON.parse(json);
  return { ...rest, p50Ms: p50Us / 1000, p99Ms: p99Us / 1000 };
}

/** Where the script puts a number that no request had before. */
const NUMBER = '#'.repeat(12);

function requestOf({ url, query, traffic }: Load, first: number): string {
  const { host, pathname } = new URL(url);
  const body = JSON.stringify({ query });
  const key = traffic === 'users' ? `sd_u${NUMBER}` : keyOf(first);
  const trace = `traceparent: 00-4bf92f3577b34da6a3ce${NUMBER}-00f0${NUMBER}-01\r\n`;
  return [
    `POST ${pathname} HTTP/1.1\r\n`,
    `Host: ${host}\r\n`,
    'Accept: application/graphql-response+json, application/json\r\n',
    'Content-Type: application/json\r\n',
    `Authorization: Bearer ${key}\r\n`,
    traffic === 'trace' ? trace : '',
    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  ].join('');
}

function scriptOf(given: Load, sign: string): string {
  const first = reserveKeys();
  const pieces = requestOf(given, first)
    .split(NUMBER)
    .map((text) => JSON.stringify(text));
  // Its clock counts whole seconds.
  const end = Math.ceil(Date.now() / 1000) + given.seconds;
  return `
sent, answered, wrong = 0, 0, 0
local number = ${first}
local asking

function request()
  number = number + 1
  local unique = string.format("%012d", number)
  return ${pieces.join(' .. unique .. ')}
end

-- Called before each request; once the time is over, no more are sent.
function delay()
  if os.time() >= ${end} then return 3600000 end
  sent = sent + 1
  return 0
end

function response(status, headers, body)
  answered = answered + 1
  if status ~= 200 or #body ~= ${given.length} then wrong = wrong + 1 end
  if answered == sent and os.time() >= ${end} then
    io.open(${JSON.stringify(sign)}, "w"):close()
  end
end

-- What counts runs in a world of its own, apart from the one that reports.
function setup(thread)
  asking = thread
end

function done(summary, latency)
  io.write(string.format(
    '\\nTALLY {"requests":%d,"wrong":%d,"lost":%d,"p50Us":%d,"p99Us":%d}\\n',
    asking:get("answered"), asking:get("wrong"), asking:get("sent") - asking:get("answered"),
    latency:percentile(50), latency:percentile(99)))
end
`;
}
