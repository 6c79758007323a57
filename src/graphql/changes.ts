import { refuse } from './rules.ts';

/** Returns the changes of an update in Astria's names. Null clears a field. An empty update is refused before any call. */
export function changesOf<Changes extends object>(changes: Changes): Partial<Changes> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (given.length === 0) refuse([{ path: ['input'], message: 'must hold something to change' }]);
  return Object.fromEntries(given) as Partial<Changes>;
}
