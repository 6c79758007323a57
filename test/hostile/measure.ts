/** What one attack costs, and what it was answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { faultsOf } from './judge.ts';
import { type Attack, bytesOf, type Outcome, send } from './raw.ts';
import { SECRETS, type Target } from './target.ts';

export const MAX_CPU_MS = 100;
const REPEATS = 4;
/** For what is done after the answer. What takes longer is counted for the next attack: nothing is lost. */
const AFTER_MS = 3;

export interface Meter {
  target: Target;
  maxCpuMs: number;
  /** What a reading costs, and what the process uses while nothing is asked of it, in a second. */
  readingMs: number;
  idleMsPerSecond: number;
}

export async function calibrate(target: Target, maxCpuMs = MAX_CPU_MS): Promise<Meter> {
  const readings = 20;
  const first = await target.read();
  for (let count = 1; count < readings; count++) await target.read();
  const last = await target.read();
  const readingMs = (last.cpuMs - first.cpuMs) / readings;
  await sleep(1000);
  const idleMsPerSecond = (await target.read()).cpuMs - last.cpuMs - readingMs;
  return { target, maxCpuMs, readingMs, idleMsPerSecond };
}

export interface Verdict {
  faults: string[];
  /** Of the first time, and the least of it and its repetitions where that was too much. */
  firstMs: number;
  cpuMs: number;
}

/** Whoever is over the bound is sent again: a collector's run, or a compiler's, may have fallen to any. */
export async function attackOnce(meter: Meter, attack: Attack): Promise<Verdict> {
  const { target, maxCpuMs } = meter;
  const { cpuMs: firstMs, outcome } = await costOf(meter, attack);
  const faults = faultsOf(attack, outcome, SECRETS);
  let cpuMs = firstMs;
  for (let count = 0; count < REPEATS && cpuMs > maxCpuMs && !target.ended(); count++) {
    cpuMs = Math.min(cpuMs, (await costOf(meter, attack)).cpuMs);
  }
  if (cpuMs > maxCpuMs) faults.push(`it costs ${cpuMs.toFixed(1)} ms of CPU`);
  const ending = target.ended();
  if (ending) faults.push(`${ending}: ${target.printed().slice(-2000)}`);
  return { faults, firstMs, cpuMs };
}

async function costOf({ target, readingMs, idleMsPerSecond }: Meter, attack: Attack) {
  const before = (await target.read()).cpuMs;
  const begun = performance.now();
  const outcome: Outcome = await send(attack, target.url);
  await sleep(AFTER_MS);
  if (target.ended()) return { outcome, cpuMs: 0 };
  const after = (await target.read().catch(() => ({ cpuMs: before }))).cpuMs;
  const idleMs = ((performance.now() - begun) / 1000) * idleMsPerSecond;
  return { outcome, cpuMs: Math.max(0, after - before - readingMs - idleMs) };
}

const SHOWN = 1500;

/** For people to send again. */
export function describe(attack: Attack): string {
  const text = bytesOf(attack, 'HOST').toString('latin1');
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} bytes)` : text;
  return `${attack.name}: ${JSON.stringify(shown)}`;
}
