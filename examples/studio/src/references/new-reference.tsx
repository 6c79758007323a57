import { useApolloClient } from '@apollo/client/react';
import { useSearch } from '@tanstack/react-router';
import { messagesByField } from 'astria-graphql-client/errors';
import { useCallback, useState } from 'react';
import { Choice, Field } from '../ui/field.tsx';
import { usePaid } from '../ui/paid.ts';
import { maxCostOf, Price, useEstimate } from '../ui/price.tsx';
import { Lost, otherMessages } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';
import { DropZone } from './drop-zone.tsx';
import { useStoredFiles } from './files.ts';
import { EMPTY, estimateOf, KINDS, type ReferenceDraft, SUBJECTS } from './reference-draft.ts';
import { createReference } from './send.ts';

export function NewReference({ onMade }: { onMade(): void }) {
  const { workspace = 'personal' } = useSearch({ from: '__root__' });
  const client = useApolloClient();
  const name = `reference:${workspace}`;
  const [draft, setDraft] = useStored<ReferenceDraft>(name, EMPTY);
  const [files, setFiles] = useStoredFiles(name);
  const [progress, setProgress] = useState<number>();
  const estimate = useEstimate(estimateOf(draft, files?.length ?? 0));
  const change = (part: Partial<ReferenceDraft>) => setDraft((before) => ({ ...before, ...part }));

  const send = useCallback(
    async (idempotencyKey: string) => {
      const terms = { idempotencyKey, ...maxCostOf(estimate) };
      await createReference(client, {
        draft,
        files: files ?? [],
        terms,
        onProgress: setProgress,
      }).finally(() => setProgress(undefined));
      setDraft(EMPTY);
      setFiles([]);
      onMade();
    },
    [client, draft, files, estimate, setDraft, setFiles, onMade],
  );
  const paid = usePaid({ name, send, isReady: files !== undefined });
  const errors = messagesByField(paid.error);
  return (
    <form
      className="panel new-reference"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void paid.submit();
      }}
    >
      <DropZone
        files={files ?? []}
        errors={photoErrors(errors)}
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
      <div className="composer-end">
        <Price estimate={estimate} />
        <button type="submit" className="button strong" disabled={paid.isSending || !estimate}>
          {progress !== undefined
            ? `Sending ${Math.round(progress * 100)} %`
            : paid.isLost
              ? 'Send again'
              : 'Make the reference'}
        </button>
      </div>
      {paid.isLost && <Lost error={paid.error} onGiveUp={paid.giveUp} />}
      {!paid.isLost &&
        otherMessages(paid.error, ['title', 'name', 'modelType', 'images.']).map((message) => (
          <p key={message} className="field-error" role="alert">
            {message}
          </p>
        ))}
    </form>
  );
}

function photoErrors(errors: Record<string, readonly string[]>): Record<number, readonly string[]> {
  const ofPhotos = Object.entries(errors).filter(([field]) => field.startsWith('images.'));
  return Object.fromEntries(ofPhotos.map(([field, messages]) => [field.split('.')[1], messages]));
}
