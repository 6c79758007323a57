import { useApolloClient } from '@apollo/client/react';
import { useSearch } from '@tanstack/react-router';
import { messagesByField } from 'astria-graphql-client/errors';
import { Sparkles } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { usePaid } from '../ui/paid.ts';
import { maxCostOf, Price, useEstimate } from '../ui/price.tsx';
import { Lost, Notice, otherMessages } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';
import { type Draft, EMPTY, estimateOf, FIELDS } from './draft.ts';
import { Jobs } from './jobs.tsx';
import { ModelFields } from './model-fields.tsx';
import { generate } from './send.ts';
import { TextField } from './text-field.tsx';

const LONGEST_LIST = 24;

export function CreatePage() {
  const { workspace = 'personal' } = useSearch({ from: '__root__' });
  const client = useApolloClient();
  const [draft, setDraft] = useStored<Draft>(`create:${workspace}`, EMPTY);
  const [jobs, setJobs] = useStored<string[]>(`jobs:${workspace}`, []);
  const [warning, setWarning] = useState<string>();
  const estimate = useEstimate(estimateOf(draft));
  useTextFromPicture(setDraft);

  const send = useCallback(
    async (idempotencyKey: string) => {
      const made = await generate(client, draft, { idempotencyKey, ...maxCostOf(estimate) });
      setJobs((before) =>
        [made.prompt.id, ...before.filter((id) => id !== made.prompt.id)].slice(0, LONGEST_LIST),
      );
      setWarning(made.warnings[0]?.message);
    },
    [client, draft, estimate, setJobs],
  );
  const { submit, giveUp, isSending, isLost, isPending, error } = usePaid({
    name: `create:${workspace}`,
    send,
  });
  const errors = messagesByField(error);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <div className="create">
      <form
        className="panel composer"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h1>Create</h1>
        {/* What is being sent must not change under its key. */}
        <fieldset disabled={isPending} className="plain">
          <TextField draft={draft} errors={errors.text} onChange={change} />
          <ModelFields draft={draft} errors={errors} onChange={change} />
        </fieldset>
        <div className="composer-end">
          <Price estimate={estimate} />
          <button type="submit" className="button strong" disabled={isSending || !estimate}>
            <Sparkles aria-hidden size={18} />
            {isSending ? 'Sending…' : isLost ? 'Send again' : 'Generate'}
          </button>
        </div>
        {isLost && <Lost error={error} onGiveUp={giveUp} />}
        {!isLost &&
          otherMessages(error, FIELDS).map((message) => (
            <p key={message} className="field-error" role="alert">
              {message}
            </p>
          ))}
        {warning && <Notice>{warning}</Notice>}
      </form>
      <Jobs ids={jobs} />
    </div>
  );
}

/** Takes over the text of the picture that one has come from. */
function useTextFromPicture(setDraft: (change: (before: Draft) => Draft) => void) {
  useEffect(() => {
    const text = sessionStorage.getItem('create:text');
    if (text === null) return;
    sessionStorage.removeItem('create:text');
    setDraft((before) => ({ ...before, text }));
  }, [setDraft]);
}
