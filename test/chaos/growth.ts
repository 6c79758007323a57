/** Whether a process keeps what it should let go. */
import type { Sample } from './gateway-process.ts';

export interface Growth {
  /** Medians of the three thirds: the first is for settling. */
  rssMb: [first: number, middle: number, last: number];
  fds: { before: number; most: number; after: number };
}

/** The last third may be this much above the middle one. */
const MOST_GROWTH = 0.1;
/** Node opens some for itself when it first needs them: the resolver of names, a file of its own. */
const OWN_FDS = 4;

export function growthOf(samples: readonly Sample[], before: Sample, after: Sample): Growth {
  const third = Math.floor(samples.length / 3);
  const median = (from: number) => {
    const sorted = samples.slice(from, from + third).map(({ rssMb }) => rssMb);
    return Math.round(sorted.sort((a, b) => a - b)[Math.floor(third / 2)] ?? 0);
  };
  return {
    rssMb: [median(0), median(third), median(2 * third)],
    fds: { before: before.fds, most: Math.max(...samples.map(({ fds }) => fds)), after: after.fds },
  };
}

/** What has grown, in words. */
export function leaksIn({ rssMb, fds }: Growth, weighsMemory: boolean): string[] {
  const [, middle, last] = rssMb;
  const leaks = [];
  if (fds.after > fds.before + OWN_FDS) leaks.push(`${fds.before} descriptors became ${fds.after}`);
  if (weighsMemory && last > middle * (1 + MOST_GROWTH)) leaks.push(`${middle} MB became ${last}`);
  return leaks;
}
