/** What a process takes, as Linux tells it; elsewhere zero. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

const told = (pid: number, file: string) =>
  existsSync(`/proc/${pid}/${file}`) ? readFileSync(`/proc/${pid}/${file}`, 'utf8') : '';

/** Bytes. */
export const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(told(pid, 'status'))?.[1] ?? 0) * 1024;

/** Seconds, of all cores. */
export function cpuOf(pid: number): number {
  const [user = 0, system = 0] =
    told(pid, 'stat').split(') ').at(-1)?.split(' ').slice(11, 13).map(Number) ?? [];
  return (user + system) / TICKS_PER_SECOND;
}

export const descriptorsOf = (pid: number) =>
  existsSync(`/proc/${pid}/fd`) ? readdirSync(`/proc/${pid}/fd`).length : 0;
