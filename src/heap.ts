import { setFlagsFromString } from 'node:v8';

const NEVER_MS = 2_000_000_000;

/** How V8 keeps the heap. To be called before anything is compiled or collected. */
export function tuneHeap() {
  allocateYoung();
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
 * While a process is idle, V8's memory reducer collects with the aim of a small heap, and cuts the heap's limits. The next load
 * then finds all of the heap marked every 0.1 s and code that has to be compiled anew, and takes two to three times as long. A
 * gateway waits for the next load: its reducer waits for ever. A wait that has begun does not change, nor can the reducer
 * be switched off from within.
 */
function leaveIdleHeap() {
  // An older V8 does not know the flag, and would print that.
  if (Number.parseInt(process.versions.node, 10) < 26) return;
  setFlagsFromString(`--memory-reducer-delay-ms=${NEVER_MS}`);
}
