import { useCallback, useState } from 'react';

/** State that a reload does not lose, for as long as the tab lives. */
export function useStored<Value>(name: string, initial: Value) {
  const [value, setValue] = useState<Value>(() => read(name) ?? initial);
  const set = useCallback(
    (next: Value | ((before: Value) => Value)) =>
      setValue((before) => {
        const after = next instanceof Function ? next(before) : next;
        sessionStorage.setItem(name, JSON.stringify(after));
        return after;
      }),
    [name],
  );
  return [value, set] as const;
}

function read<Value>(name: string): Value | undefined {
  const text = sessionStorage.getItem(name);
  try {
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    // It is of an older version of this page.
    return undefined;
  }
}
