/** What a process and its descendants have used, as Linux counts it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time in microseconds: of all threads, living and ended, and of all children. */
export function cpuMicroseconds(pid: number): number {
  const members = family(pid);
  if (members.length === 0) throw new Error(`Process ${pid} has ended.`);
  const ticks = members.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0);
  return (ticks * 1e6) / TICKS_PER_SECOND;
}

/** Resident memory in megabytes; none where the process has ended. */
export function rssMegabytes(pid: number): number {
  return family(pid).reduce((sum, member) => sum + rssOf(member.pid), 0);
}

const SETTLE_MS = 20_000;
const IDLE_SHARE = 0.05;

/** Until what was begun under load is done: it would be charged to whoever is measured next. */
export async function settle(pid: number) {
  const giveUp = performance.now() + SETTLE_MS;
  const pauseMs = 200;
  while (performance.now() < giveUp) {
    const before = cpuMicroseconds(pid);
    await sleep(pauseMs);
    if (cpuMicroseconds(pid) - before <= pauseMs * 1000 * IDLE_SHARE) return;
  }
}

interface Member {
  pid: number;
  parent: number;
  cpuTicks: number;
}

function family(pid: number): Member[] {
  const members = [memberOf(String(pid))].filter((member) => member !== undefined);
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  let pool = others.map(memberOf).filter((member) => member !== undefined);
  for (const member of members) {
    members.push(...pool.filter(({ parent }) => parent === member.pid));
    pool = pool.filter(({ parent }) => parent !== member.pid);
  }
  return members;
}

function memberOf(pid: string): Member | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name before it may hold blanks and brackets.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  const cpuTicks = user + system + endedUser + endedSystem;
  return { pid: Number(pid), parent: fields[1] ?? 0, cpuTicks };
}

function rssOf(pid: number): number {
  const [, kilobytes] = read(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB$/m) ?? [];
  return Number(kilobytes ?? 0) / 1000;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
