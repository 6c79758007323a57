import { useSearch } from '@tanstack/react-router';

/** Returns the number of the workspace in the address, or `personal`. */
export function useWorkspace(): string {
  const { workspace } = useSearch({ from: '__root__' });
  return workspace?.toString() ?? 'personal';
}
