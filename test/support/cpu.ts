/**
 * How many milliseconds of CPU some work took this process: a machine that is busy with others makes it no more. Nothing else
 * may be going on.
 */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
