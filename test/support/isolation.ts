/** An attempt to make the gateway tell somebody what is another's, or what was true before: many keys at once, and everything checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { frozenClock } from '../../src/emulator/clock.ts';
import { seededRandom } from '../../src/emulator/random.ts';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { check, OFFENCES, type Offence, type Offend } from './isolation-check.ts';
import { createClient, fingerprintOf, type Operation, startServer } from './isolation-client.ts';
import { compareWithAstria } from './isolation-end.ts';
import { type Line, startLine } from './isolation-line.ts';
import { anyScene } from './isolation-mix.ts';
import { type Owner, seedOwner, toldTo } from './isolation-owners.ts';
import { setWeather } from './isolation-weather.ts';
import type { Perform } from './isolation-writes.ts';

export interface Attempt {
  operations: number;
  keys: number;
  seed: number;
  /** How many scenes are played at a time, of two to eight operations each. */
  concurrency?: number;
  onWave?: (report: Report) => void;
}

export interface Report {
  seed: number;
  keys: number;
  operations: number;
  answered: number;
  aborted: number;
  mutations: number;
  /** Begun while the same was under way for the same key: what may be shared. */
  alike: number;
  /** Answers with errors, which only faults may cause. */
  withErrors: number;
  /** Calls that reached Astria. */
  upstream: { reads: number; conditional: number; writes: number; perOperation: number };
  offences: Record<Offence, number>;
  /** All that were told to the wrong key. */
  strangerBytes: number;
  /** The first of them, for people to read. */
  offenders: string[];
}

const WAVE = 1000;
const TOLD_OFFENDERS = 10;

export async function tryToLeak(attempt: Attempt): Promise<Report> {
  const { run, close } = await start(attempt);
  const { report, emulator } = run;
  try {
    for (let wave = 0; report.operations < attempt.operations; wave++) {
      await playWave(run, wave);
      attempt.onWave?.(report);
    }
    emulator.clearFaults();
    await compareWithAstria({ ...run, perform: performIn(run, false), offend: offendIn(run) });
    return report;
  } finally {
    await close();
  }
}

interface Run {
  attempt: Attempt;
  emulator: Emulator;
  line: Line;
  client: ReturnType<typeof createClient>;
  owners: Owner[];
  report: Report;
  /** How many were begun. */
  scene: number;
  /** How many of the same are under way. */
  underWay: Map<string, number>;
}

async function start(attempt: Attempt) {
  const clock = frozenClock('2026-11-01T12:00:00.000Z');
  // A row is found in its own workspace only: an answer from another place is a wrong one.
  const unknowns = { readsAcrossWorkspaces: false };
  const emulator = await startEmulator({ clock, seed: false, unknowns });
  const owners = Array.from({ length: attempt.keys }, (_, index) => seedOwner(emulator, index));
  const line = await startLine(emulator.url, seededRandom(attempt.seed));
  const server = await startServer(line.url, clock.now);
  const client = createClient(server.origin);
  const report = emptyReport(attempt);
  const underWay = new Map<string, number>();
  const run: Run = { attempt, emulator, line, client, owners, report, scene: 0, underWay };
  const close = async () => {
    await client.close();
    await server.close();
    line.close();
    await emulator.close();
  };
  return { run, close };
}

/** All that is begun in a wave ends in it, so that a calm one has nothing left of the faults of a rough one. */
async function playWave(run: Run, wave: number) {
  const { operations, concurrency = 16, seed } = run.attempt;
  const isRough = wave % 2 === 1;
  setWeather(run.emulator, seededRandom(mixed(seed, -wave - 1)), isRough);
  const perform = performIn(run, isRough);
  const end = Math.min(operations, run.report.operations + Math.min(WAVE, operations / 4));
  const play = async () => {
    while (run.report.operations < end) await playScene(run, perform);
  };
  await Promise.all(Array.from({ length: concurrency }, play));
  // A call may have been left by clients that have gone.
  await sleep(30);
  await run.line.isQuiet();
  countCalls(run);
}

async function playScene(run: Run, perform: Perform) {
  const scene = run.scene++;
  const random = seededRandom(mixed(run.attempt.seed, scene));
  const { owners } = run;
  // Every second one is about a few keys that many are about just now.
  const isBusy = random.below(2) === 0;
  const owner = isBusy ? owners[((scene >> 7) * 5 + random.below(5)) % owners.length] : undefined;
  await anyScene(random)({
    random,
    owner: owner ?? random.pick(owners),
    others: owners,
    perform,
    line: run.line,
    offend: offendIn(run),
  });
}

/** Neighbouring numbers, far apart. */
const mixed = (seed: number, number: number) =>
  Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b);

const performIn =
  (run: Run, isRough: boolean): Perform =>
  async (operation, told = toldTo(operation.owner)) => {
    const { report } = run;
    report.operations += 1;
    if (operation.question.isWrite) report.mutations += 1;
    const offend: Offend = (offence, detail) =>
      offendIn(run)(offence, `${detail}\n    ${described(operation)}`);
    const isOver = begin(run, operation);
    try {
      const answer = await run.client.send(operation);
      report[answer ? 'answered' : 'aborted'] += 1;
      if (!answer) return undefined;
      const { data, errors } = check({ operation, told, isRough }, answer, offend);
      if (errors) report.withErrors += 1;
      return data;
    } catch (error) {
      offend('unanswered', String(error));
      return undefined;
    } finally {
      isOver();
    }
  };

/** Answers how to say that it is over. */
function begin({ report, underWay }: Run, operation: Operation) {
  const same = fingerprintOf(operation);
  const count = underWay.get(same) ?? 0;
  if (count > 0 && !operation.question.isWrite) report.alike += 1;
  underWay.set(same, count + 1);
  return () => {
    const left = (underWay.get(same) ?? 1) - 1;
    if (left > 0) underWay.set(same, left);
    else underWay.delete(same);
  };
}

const offendIn =
  ({ report }: Run): Offend =>
  (offence, detail) => {
    report.offences[offence] += 1;
    if (offence === 'stranger') report.strangerBytes += detail.length;
    const offender = `${offence}: ${detail}`;
    if (report.offenders.length >= TOLD_OFFENDERS || report.offenders.includes(offender)) return;
    report.offenders.push(offender);
  };

const described = ({ owner, place, question, accept, isGet }: Operation) =>
  `${isGet ? 'GET' : 'POST'} by ${owner.key} in ${place}, accepting ${accept}: ` +
  `${question.document.replaceAll(/\s+/g, ' ')} ${JSON.stringify(question.variables)}`;

/** Once for each wave: the emulator keeps only the newest ten thousand. */
function countCalls({ emulator, report }: Run) {
  const { upstream } = report;
  for (const { method, headers } of emulator.requests) {
    if (method !== 'GET') upstream.writes += 1;
    else upstream.reads += 1;
    if (headers['if-none-match']) upstream.conditional += 1;
  }
  emulator.clearRequests();
  upstream.perOperation = (upstream.reads + upstream.writes) / report.operations;
}

const emptyReport = ({ seed, keys }: Attempt): Report => ({
  seed,
  keys,
  operations: 0,
  answered: 0,
  aborted: 0,
  mutations: 0,
  alike: 0,
  withErrors: 0,
  upstream: { reads: 0, conditional: 0, writes: 0, perOperation: 0 },
  offences: Object.fromEntries(OFFENCES.map((offence) => [offence, 0])) as Report['offences'],
  strangerBytes: 0,
  offenders: [],
});
