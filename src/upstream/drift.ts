import type { Drift } from './decode.ts';
import type { CallName } from './errors.ts';

export interface DriftNote extends CallName {
  field: Drift;
}

const MAX_FIELDS = 1000;

/** Counts departures from the contract by route and field, and reports the first of each. */
export function countDrift(report: (note: DriftNote) => void) {
  const counts = new Map<string, number>();
  return {
    counts: counts as ReadonlyMap<string, number>,
    note(call: CallName, field: Drift) {
      const key = `${call.method} ${call.route} ${field}`;
      const count = counts.get(key) ?? 0;
      // Fields may be named by Astria's users (classes of a pack): not all of them can be kept.
      if (count === 0 && counts.size >= MAX_FIELDS) return;
      counts.set(key, count + 1);
      if (count === 0) report({ ...call, field });
    },
  };
}
