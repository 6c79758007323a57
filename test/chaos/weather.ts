/** How Astria is while it is asked: now calm, now rough, and at times as good as dead. */
import type { Fault } from '../../src/emulator/faults.ts';
import type { Random } from '../../src/emulator/random.ts';
import type { Emulator } from '../../src/emulator/serve.ts';

/** Longer than the gateway waits: what is written takes effect after it has given up. */
export const UPSTREAM_TIMEOUT_MS = 3000;
const TOO_LATE_MS = UPSTREAM_TIMEOUT_MS + 300;

const OF_ALL: readonly Fault[] = [
  { status: 429 },
  { status: 429, retryAfter: 1 },
  { status: 500 },
  { status: 502 },
  { status: 503 },
  { status: 503, retryAfter: 1 },
  { status: 504 },
  { broken: 'reset' },
  { broken: 'halfway' },
  { broken: 'cut-json' },
  { broken: 'empty' },
  { latencyMs: 800 },
  { latencyMs: TOO_LATE_MS },
];

/** The write takes effect, and its answer is lost. */
const OF_WRITES: readonly Fault[] = [
  ...OF_ALL,
  { status: 504, afterWrite: true },
  { status: 504, afterWrite: true, latencyMs: 1500 },
  { status: 502, afterWrite: true },
  { status: 500, afterWrite: true },
  { broken: 'reset', afterWrite: true },
  { broken: 'reset', afterWrite: true, latencyMs: TOO_LATE_MS },
];

const DEAD: readonly Fault[] = [
  { status: 503 },
  { status: 502, afterWrite: true },
  { broken: 'reset' },
  { broken: 'reset', afterWrite: true },
];

/** Of a hundred calls, how many go wrong. */
const RISKS = { calm: 0, rough: 25, wild: 60 };
type Mood = keyof typeof RISKS | 'dead';
const MOODS: readonly Mood[] = [
  ...(['calm', 'rough', 'calm', 'rough', 'rough', 'rough', 'wild', 'rough', 'rough'] as const),
  ...(['rough', 'wild', 'dead'] as const),
];

const SPELL_MS = { calm: 1500, rough: 3000, wild: 2000, dead: 2500 };
/** Enough for the calls of a spell. */
const CALLS = 300;

/** Changes the weather until it is stopped; then it is fine. */
export function startWeather(emulator: Emulator, random: Random) {
  const seen: Record<Mood, number> = { calm: 0, rough: 0, wild: 0, dead: 0 };
  let timer: NodeJS.Timeout;
  let next = 0;
  const change = () => {
    // In turn at first, so that a short storm has seen all.
    const mood =
      next < MOODS.length ? (MOODS[MOODS.length - 1 - next++] as Mood) : random.pick(MOODS);
    seen[mood] += 1;
    set(emulator, random, mood);
    timer = setTimeout(change, SPELL_MS[mood]);
  };
  change();
  return {
    seen,
    stop() {
      clearTimeout(timer);
      emulator.clearFaults();
    },
  };
}

function set(emulator: Emulator, random: Random, mood: Mood) {
  emulator.clearFaults();
  for (let call = 0; call < CALLS; call++) {
    for (const [method, faults] of KINDS) {
      const isWrong = mood === 'dead' || random.below(100) < RISKS[mood];
      const latencyMs = random.below(20);
      const fault = isWrong ? random.pick(mood === 'dead' ? DEAD : faults) : {};
      emulator.fail({ latencyMs, ...fault, method });
    }
  }
}

const KINDS = [
  ['GET', OF_ALL],
  ['POST', OF_WRITES],
  ['PATCH', OF_WRITES],
] as const;
