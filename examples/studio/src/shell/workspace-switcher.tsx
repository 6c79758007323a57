import { useQuery } from '@apollo/client/react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ACCOUNT } from '../graphql/documents.ts';

export function WorkspaceSwitcher() {
  const { data } = useQuery(ACCOUNT);
  const { workspace } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const options = data?.workspaces ?? [];
  return (
    <select
      className="workspace"
      aria-label="Workspace"
      value={workspace ?? ''}
      onChange={({ target }) =>
        void navigate({
          to: '/',
          search: { workspace: target.value === '' ? undefined : Number(target.value) },
        })
      }
    >
      <option value="">Personal</option>
      {workspace && !data && <option value={workspace}>…</option>}
      {options.map(({ astriaId, title }) => (
        <option key={astriaId} value={astriaId}>
          {title}
        </option>
      ))}
    </select>
  );
}
