/** The whole attempt to bring the gateway down, to make it work too hard, or to make it say what it should not. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { faultsOfCalls } from './calls.ts';
import * as drawnDocuments from './hostile-documents.ts';
import * as drawnRequests from './hostile-requests.ts';
import { KNOWN_ATTACKS } from './known.ts';
import { attackOnce, calibrate, describe, type Meter } from './measure.ts';
import type { Reading } from './meter.ts';
import { OVERSIZED } from './oversized.ts';
import type { Attack } from './raw.ts';
import { beSlow } from './slow.ts';
import { SECRETS, startTarget } from './target.ts';

export interface Campaign {
  seed: number;
  /** Of each family, at most. */
  runs: number;
  /** For all families together. */
  minutes?: number;
  /** Of each kind of slow clients. */
  slow: number;
  /** Whether slow clients are waited for until they are sent away. */
  untilEnd?: boolean;
  /** Whether each known attack is also the first thing that a new process meets. */
  cold?: boolean;
  /** Of each request; 50 where nothing else is said. */
  maxCpuMs?: number;
  onRow?(row: Row): void;
}

export interface Row {
  family: string;
  attacks: number;
  /** Of a repetition that is no accident, and of any at all. */
  cpuMs: number;
  firstMs: number;
  what: string;
}

export interface Report {
  rows: Row[];
  faults: string[];
  before: Reading;
  after: Reading;
}

const FAMILIES = { ...drawnDocuments, ...drawnRequests };
/** Documents and reads are remembered, 40 and 32 MB of them at most. */
const MAX_GROWTH_MB = 100;
const MAX_MORE_HANDLES = 5;
const SETTLE_SECONDS = 10;

interface Run {
  campaign: Campaign;
  emulator: Emulator;
  meter: Meter;
  report: Pick<Report, 'rows' | 'faults'>;
}

export async function attackAll(campaign: Campaign): Promise<Report> {
  const emulator = await startEmulator();
  const run: Run = {
    campaign,
    emulator,
    ...(await freshMeter(emulator, campaign)),
    report: { rows: [], faults: [] },
  };
  try {
    if (campaign.cold) await meetCold(run);
    // What is loaded when it is first needed is there from now on.
    await sendAll(run, 'known attacks, first time', KNOWN_ATTACKS);
    const before = await run.meter.target.read('collected');
    await sendAll(run, 'known attacks', KNOWN_ATTACKS);
    await sendAll(run, 'oversized', OVERSIZED);
    await meetSlow(run);
    for (const family of Object.keys(FAMILIES)) await draw(run, family as keyof typeof FAMILIES);
    const after = await settled(run, before);
    return {
      ...run.report,
      faults: [...run.report.faults, ...faultsAtEnd(run, before, after)],
      before,
      after,
    };
  } finally {
    await run.meter.target.stop();
    await emulator.close();
  }
}

/** Connections to Astria are kept for a while. */
async function settled({ meter: { target } }: Run, before: Reading) {
  let after = await target.read('collected');
  for (let second = 0; second < SETTLE_SECONDS && after.handles > before.handles; second++) {
    await sleep(1000);
    after = await target.read('collected');
  }
  return after;
}

const freshMeter = async (emulator: Emulator, { maxCpuMs }: Campaign) => ({
  meter: await calibrate(await startTarget(emulator), maxCpuMs),
});

function addRow(run: Run, row: Row, faults: readonly string[]) {
  run.report.rows.push(row);
  run.report.faults.push(...faults, ...faultsOfCalls(run.emulator));
  run.campaign.onRow?.(row);
}

async function sendAll(run: Run, family: string, attacks: readonly Attack[]) {
  const row: Row = { family, attacks: 0, cpuMs: 0, firstMs: 0, what: '' };
  const faults: string[] = [];
  for (const attack of attacks) {
    const verdict = await attackOnce(run.meter, attack);
    note(row, attack, verdict);
    faults.push(...verdict.faults.map((fault) => `${fault}, of ${describe(attack)}`));
    await replaceEnded(run);
  }
  addRow(run, row, faults);
}

function note(row: Row, { name }: Attack, { cpuMs, firstMs }: { cpuMs: number; firstMs: number }) {
  row.attacks += 1;
  if (cpuMs > row.cpuMs) row.what = name;
  row.cpuMs = Math.max(row.cpuMs, cpuMs);
  row.firstMs = Math.max(row.firstMs, firstMs);
}

async function replaceEnded(run: Run) {
  const { target } = run.meter;
  if (target.ended() !== undefined)
    Object.assign(run, await freshMeter(run.emulator, run.campaign));
}

/** What is loaded and compiled for the first attack is its own cost: told, and not held against it. */
async function meetCold({ emulator, campaign, report }: Run) {
  const row: Row = { family: 'each in a new process', attacks: 0, cpuMs: 0, firstMs: 0, what: '' };
  for (const attack of KNOWN_ATTACKS) {
    const { meter } = await freshMeter(emulator, campaign);
    const { firstMs } = await attackOnce(meter, attack);
    note(row, attack, { cpuMs: firstMs, firstMs });
    await meter.target.stop();
  }
  report.rows.push(row);
  campaign.onRow?.(row);
}

async function meetSlow(run: Run) {
  const { slow, untilEnd = false } = run.campaign;
  const { connections, cpuMsEach, slowestMs, faults } = await beSlow(run.meter, slow, untilEnd);
  const what = `others waited ${slowestMs.toFixed(0)} ms at most`;
  addRow(
    run,
    { family: 'slow clients', attacks: connections, cpuMs: cpuMsEach, firstMs: cpuMsEach, what },
    faults,
  );
}

async function draw(run: Run, family: keyof typeof FAMILIES) {
  const { seed, runs, minutes } = run.campaign;
  const row: Row = { family, attacks: 0, cpuMs: 0, firstMs: 0, what: '' };
  const property = fc.asyncProperty(FAMILIES[family], async (attack) => {
    const verdict = await attackOnce(run.meter, attack);
    note(row, attack, verdict);
    await replaceEnded(run);
    if (verdict.faults.length > 0) throw new Error(verdict.faults.join('; '));
  });
  const limitMs = minutes && (minutes * 60_000) / Object.keys(FAMILIES).length;
  const { failed, counterexample, errorInstance, counterexamplePath } = await fc.check(property, {
    seed,
    numRuns: runs,
    // What was too dear by a hair would be made smaller for hours.
    endOnFailure: true,
    ...(limitMs && { interruptAfterTimeLimit: limitMs }),
  });
  const [attack] = counterexample ?? [];
  const { message } = (errorInstance ?? {}) as Error;
  const path = `--seed ${seed}, path ${counterexamplePath}`;
  addRow(run, row, failed && attack ? [`${message}, of ${describe(attack)} (${path})`] : []);
}

function faultsAtEnd({ meter: { target } }: Run, before: Reading, after: Reading): string[] {
  const printed = target.printed();
  return [
    ...SECRETS.filter((secret) => printed.includes(secret)).map(
      (secret) => `it has printed ${secret}`,
    ),
    ...(after.rssMb - before.rssMb > MAX_GROWTH_MB ? [`RSS grew to ${after.rssMb} MB`] : []),
    ...(after.handles - before.handles > MAX_MORE_HANDLES
      ? [`there are ${after.handles} handles`]
      : []),
  ];
}
