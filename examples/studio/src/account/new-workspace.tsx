import { useMutation } from '@apollo/client/react';
import { messagesByField } from 'astria-graphql-client/errors';
import { ACCOUNT } from '../graphql/documents.ts';
import { CREATE_WORKSPACE } from '../graphql/mutations.ts';
import { Field } from '../ui/field.tsx';
import { OtherMessages } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';

export function NewWorkspace() {
  const [title, setTitle] = useStored('workspace:title', '');
  const [create, { loading, error }] = useMutation(CREATE_WORKSPACE, {
    update: (cache, { data }) => {
      const made = data?.createWorkspace.workspace;
      cache.updateQuery({ query: ACCOUNT }, (known) =>
        known && made ? { ...known, workspaces: [made, ...(known.workspaces ?? [])] } : undefined,
      );
    },
  });
  return (
    <form
      className="one-line"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create({ variables: { input: { title } } }).then(
          () => setTitle(''),
          () => {},
        );
      }}
    >
      <Field label="New workspace" errors={messagesByField(error).title}>
        {(props) => (
          <input
            {...props}
            value={title}
            placeholder="Spring campaign"
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button" disabled={loading}>
        Create
      </button>
      <OtherMessages error={error} shown={['title']} />
    </form>
  );
}
