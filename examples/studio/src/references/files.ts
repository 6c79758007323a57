import { get, set } from 'idb-keyval';
import { useEffect, useState } from 'react';

/** Photos that a reload does not lose: the browser's database keeps them until they are sent. */
export function useStoredFiles(name: string) {
  const [files, setFiles] = useState<readonly File[]>();
  useEffect(() => {
    get<File[]>(name).then(
      (known) => setFiles((before) => before ?? known ?? []),
      () => setFiles((before) => before ?? []),
    );
  }, [name]);
  const change = (next: readonly File[]) => {
    setFiles(next);
    // Where there is no database, as in a private window, they last as long as the page.
    set(name, [...next]).catch(() => {});
  };
  return [files, change] as const;
}
