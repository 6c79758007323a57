import { type ELDHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into the gateway's process before it: tells what the process has used, by a channel of its own. */
export interface Reading {
  /** User and system time of all threads, in milliseconds. */
  cpuMs: number;
  rssMb: number;
  /** Open sockets, timers, files and their like. */
  handles: number;
  /** The longest that the event loop stood still since it was last asked for, where it was asked for before. */
  stallMs: number;
}

const RESOLUTION_MS = 10;
let stalls: ELDHistogram | undefined;

function longestStall(): number {
  const ms = Math.max(0, (stalls?.max ?? 0) / 1e6 - RESOLUTION_MS);
  stalls ??= monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  stalls.reset();
  stalls.enable();
  return ms;
}

process.on('message', (wish) => {
  // What is garbage is no leak.
  if (wish === 'collected') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const reading: Reading = {
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 1e6,
    handles: process.getActiveResourcesInfo().length,
    // It costs a timer.
    stallMs: wish === 'stalls' ? longestStall() : 0,
  };
  process.send?.(reading);
});
// Not what keeps the process.
process.channel?.unref();
