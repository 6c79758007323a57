/** Loaded into the gateway's process before it: tells what the process has used, by a channel of its own. */
export interface Reading {
  /** User and system time of all threads, in milliseconds. */
  cpuMs: number;
  rssMb: number;
  /** Open sockets, timers, files and their like. */
  handles: number;
}

process.on('message', (wish) => {
  // What is garbage is no leak.
  if (wish === 'collected') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const reading: Reading = {
    cpuMs: (user + system) / 1000,
    rssMb: process.memoryUsage.rss() / 1e6,
    handles: process.getActiveResourcesInfo().length,
  };
  process.send?.(reading);
});
// Not what keeps the process.
process.channel?.unref();
