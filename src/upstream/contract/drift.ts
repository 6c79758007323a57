import type * as z from 'zod';
import type { CallName } from '../errors.ts';
import type { Drift } from './decode.ts';
import { RowKeys } from './drift-keys.ts';

/** `changed`: the field has another type than the contract's. */
export type DriftKind = 'appeared' | 'vanished' | 'changed';

export interface DriftNote extends CallName {
  field: Drift;
  kind: DriftKind;
}

export interface DriftCount extends DriftNote {
  count: number;
}

/** The most fields that are tracked. Astria's users name some of them (the classes of a pack), so there is no end to them. */
const MAX_FIELDS = 1000;
/** The keys of a route's answers are checked at most this often. */
const LOOK_EVERY_MS = 1000;

/**
 * Counts departures from the contract by route and field, and reports the first of each kind. Types are checked in every
 * answer, keys in one answer now and then.
 */
export function countDrift(report: (note: DriftNote) => void, now = () => performance.now()) {
  const counts = new Map<string, DriftCount>();
  const routes = new Map<string, { nextAt: number; keys: RowKeys }>();

  function note({ method, route }: CallName, field: Drift, kind: DriftKind = 'changed') {
    const key = `${kind} ${method} ${route} ${field}`;
    const known = counts.get(key);
    if (known) {
      known.count++;
    } else if (counts.size < MAX_FIELDS) {
      const first = { method, route, field, kind };
      counts.set(key, { ...first, count: 1 });
      report(first);
    }
  }

  return {
    counts: (): readonly DriftCount[] => [...counts.values()],
    note,
    /** Returns whether an answer to this call should be checked now. */
    isDue: (call: CallName) => (routes.get(placeOf(call))?.nextAt ?? 0) <= now(),
    /** Checks a body as it came, before it is repaired. */
    look(call: CallName, schema: z.ZodType, body: unknown) {
      const place = placeOf(call);
      const route = routes.get(place) ?? { nextAt: 0, keys: new RowKeys(schema) };
      route.nextAt = now() + LOOK_EVERY_MS;
      routes.set(place, route);
      const { appeared, vanished } = route.keys.look(body);
      for (const key of appeared) note(call, key, 'appeared');
      for (const key of vanished) note(call, key, 'vanished');
    },
  };
}

export type DriftWatch = ReturnType<typeof countDrift>;

const placeOf = ({ method, route }: CallName) => (method === 'GET' ? route : `${method} ${route}`);
