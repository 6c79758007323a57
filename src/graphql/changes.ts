import { refuse } from './rules.ts';

/** What an update changes, in Astria's names; null clears. An update of nothing is refused before any call. */
export function changesOf<Changes extends object>(changes: Changes): Partial<Changes> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (given.length === 0) refuse([{ path: ['input'], message: 'must hold something to change' }]);
  return Object.fromEntries(given) as Partial<Changes>;
}
