import { setFlagsFromString } from 'node:v8';

const NEVER_MS = 2_000_000_000;

/**
 * While a process is idle, V8's memory reducer collects with the aim of a small heap, and cuts the heap's limits. The next load
 * then finds all of the heap marked every 0.1 s and code that has to be compiled anew, and takes two to three times as long. A
 * gateway waits for the next load: its reducer waits for ever. To be called before there is anything to collect: a wait
 * that has begun does not change, nor can the reducer be switched off from within.
 */
export function leaveTheHeapAsItIs() {
  // An older V8 does not know the flag, and would print that.
  if (Number.parseInt(process.versions.node, 10) < 26) return;
  setFlagsFromString(`--memory-reducer-delay-ms=${NEVER_MS}`);
}
