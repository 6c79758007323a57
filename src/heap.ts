import { totalmem } from 'node:os';
import { constants, type PerformanceNodeEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** An older V8 does not know every flag, and would print that. */
const NODE_VERSION = Number.parseInt(process.versions.node, 10);
const NEVER_MS = 2_000_000_000;
const ROOM_BYTES = 90e6;
const ROOMY_BYTES = 1e9;
/** What the gateway is itself, until V8 has counted. */
const LIVING_BYTES = 22e6;

/** How V8 keeps the heap. To be called before anything is compiled or collected. */
export function tuneHeap() {
  allocateYoung();
  leaveRoom();
  leaveIdleHeap();
}

/**
 * V8 notes where in the code objects are made that outlive two rounds, and then makes all that is made there among the old.
 * Where hundreds wait for Astria that is nearly everything; but it is garbage a moment later, and what is old carries all that
 * it points to, whole bodies, until the next full round.
 */
function allocateYoung() {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/**
 * V8 looks through all of the heap when the old have grown by a tenth, and for each 64 MB outside of it, where bodies are. But
 * a hundred operations under way hold as much, and let go of it a moment later. As V8 reckons in parts of what lives, the part
 * is found anew after each of its full rounds. Not where memory is short: V8 does not know of a container's limit.
 */
function leaveRoom() {
  const memory = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
  if (memory < ROOMY_BYTES) return;
  if (NODE_VERSION >= 24) setFlagsFromString('--external-memory-accounted-in-global-limit');
  const growFrom = (living: number) =>
    setFlagsFromString(`--heap-growing-percent=${Math.ceil((100 * ROOM_BYTES) / living)}`);
  growFrom(LIVING_BYTES);
  new PerformanceObserver((list) => {
    if (list.getEntries().some(isFullRound)) growFrom(oldBytes());
  }).observe({ entryTypes: ['gc'] });
}

const isFullRound = (entry: PerformanceEntry) =>
  (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

const oldBytes = () =>
  getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith('new_'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);

/**
 * While a process is idle, V8's memory reducer collects with the aim of a small heap, and cuts the heap's limits. The next load
 * then finds all of the heap marked every 0.1 s and code that has to be compiled anew, and takes two to three times as long. A
 * gateway waits for the next load: its reducer waits for ever. A wait that has begun does not change, nor can the reducer
 * be switched off from within.
 */
function leaveIdleHeap() {
  if (NODE_VERSION < 26) return;
  setFlagsFromString(`--memory-reducer-delay-ms=${NEVER_MS}`);
}
