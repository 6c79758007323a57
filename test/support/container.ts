/** Runs Node as in a container: it sizes its heap by the memory there, and the kernel ends a process that takes more. */
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

/** The control groups of Linux, version 1. Only root may make one, and not every machine has them. */
const ROOT = '/sys/fs/cgroup/memory';

export interface Container {
  /** What stands before the command: it enters the group. */
  prefix: readonly string[];
  /** Flags of Node, for where there is no group: what it would choose by itself. */
  flags: readonly string[];
  /** To be called when no process is left in it. */
  remove(): void;
}

let made = 0;

export function containerOf(megabytes: number): Container {
  const path = `${ROOT}/astria-graphql-${process.pid}-${++made}`;
  try {
    mkdirSync(path);
    writeFileSync(`${path}/memory.limit_in_bytes`, String(megabytes * 2 ** 20));
  } catch {
    return { prefix: [], flags: heapFor(megabytes), remove: () => {} };
  }
  return {
    prefix: ['sh', '-c', `echo $$ > ${path}/cgroup.procs && exec "$0" "$@"`],
    flags: [],
    remove: () => rmdirSync(path),
  };
}

const heapFor = (megabytes: number) => [
  `--max-old-space-size=${megabytes / 2}`,
  `--max-semi-space-size=${megabytes / 128}`,
];
