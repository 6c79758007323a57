import { useCallback, useState } from 'react';
import { useWorkspace } from './workspace.ts';

/** State that a reload does not lose, for as long as the tab lives. Each workspace has its own. */
export function useStored<Value>(name: string, initial: Value) {
  const key = `${useWorkspace()}:${name}`;
  const [value, setValue] = useState<Value>(() => read(key) ?? initial);
  const set = useCallback(
    (next: Value | ((before: Value) => Value)) =>
      setValue((before) => {
        const after = next instanceof Function ? next(before) : next;
        sessionStorage.setItem(key, JSON.stringify(after));
        return after;
      }),
    [key],
  );
  return [value, set] as const;
}

function read<Value>(key: string): Value | undefined {
  const text = sessionStorage.getItem(key);
  try {
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    // An older version of this page has written it.
    return undefined;
  }
}
