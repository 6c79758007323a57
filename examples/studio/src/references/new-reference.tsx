import { useApolloClient } from '@apollo/client/react';
import { messagesByField } from 'astria-graphql-client/errors';
import { useState } from 'react';
import { Choice, Field } from '../ui/field.tsx';
import { type Terms, usePaid } from '../ui/paid.ts';
import { PaidForm } from '../ui/paid-form.tsx';
import { useEstimate } from '../ui/price.tsx';
import { useStored } from '../ui/stored.ts';
import { DropZone } from './drop-zone.tsx';
import { useStoredFiles } from './files.ts';
import { EMPTY, estimateOf, KINDS, type ReferenceDraft, SUBJECTS } from './reference-draft.ts';
import { createReference } from './send.ts';

export function NewReference({ onMade }: { onMade(): void }) {
  const client = useApolloClient();
  const [draft, setDraft] = useStored<ReferenceDraft>('reference', EMPTY);
  const [files, setFiles] = useStoredFiles('reference');
  const [progress, setProgress] = useState<number>();
  const estimate = useEstimate(estimateOf(draft, files?.length ?? 0));
  const change = (part: Partial<ReferenceDraft>) => setDraft((before) => ({ ...before, ...part }));

  const send = async (terms: Terms) => {
    await createReference(client, {
      draft,
      files: files ?? [],
      terms,
      onProgress: setProgress,
    }).finally(() => setProgress(undefined));
    setDraft(EMPTY);
    setFiles([]);
    onMade();
  };
  const paid = usePaid({ name: 'reference', estimate, send, isReady: files !== undefined });
  const errors = messagesByField(paid.error);
  return (
    <PaidForm
      className="panel new-reference"
      paid={paid}
      shown={['title', 'name', 'modelType', 'images', 'imageUrls']}
      action="Make the reference"
      sending={progress === undefined ? undefined : `Sending ${Math.round(progress * 100)} %`}
    >
      <DropZone
        files={files ?? []}
        errors={errors}
        isDisabled={paid.isPending}
        progress={progress}
        onChange={setFiles}
      />
      <fieldset disabled={paid.isPending} className="plain">
        <Field label="Title" errors={errors.title}>
          {(props) => (
            <input
              {...props}
              value={draft.title}
              placeholder="Maya, studio test"
              onChange={({ target }) => change({ title: target.value })}
            />
          )}
        </Field>
        <Field label="What it is" errors={errors.name}>
          {(props) => (
            <select
              {...props}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            >
              {SUBJECTS.map((subject) => (
                <option key={subject}>{subject}</option>
              ))}
            </select>
          )}
        </Field>
        <Choice
          label="Kind"
          name="kind"
          value={draft.kind}
          options={KINDS}
          errors={errors.modelType}
          onChange={(kind) => change({ kind })}
        />
      </fieldset>
    </PaidForm>
  );
}
