import { get, set } from 'idb-keyval';
import { useEffect, useState } from 'react';
import { useWorkspace } from '../ui/workspace.ts';

/** Photos that a reload does not lose: IndexedDB keeps them until they are sent. Each workspace has its own. */
export function useStoredFiles(name: string) {
  const key = `${useWorkspace()}:${name}`;
  const [files, setFiles] = useState<readonly File[]>();
  useEffect(() => {
    get<File[]>(key).then(
      (known) => setFiles((before) => before ?? known ?? []),
      () => setFiles((before) => before ?? []),
    );
  }, [key]);
  const change = (next: readonly File[]) => {
    setFiles(next);
    // A private window may have no database. Then they last as long as the page.
    set(key, [...next]).catch(() => {});
  };
  return [files, change] as const;
}
