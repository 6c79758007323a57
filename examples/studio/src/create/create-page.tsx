import { useApolloClient } from '@apollo/client/react';
import { messagesByField } from 'astria-graphql-client/errors';
import { Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Terms, usePaid } from '../ui/paid.ts';
import { PaidForm } from '../ui/paid-form.tsx';
import { useEstimate } from '../ui/price.tsx';
import { Notice } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';
import { takeBroughtText } from './brought-text.ts';
import { type Draft, EMPTY, estimateOf, FIELDS } from './draft.ts';
import { Jobs } from './jobs.tsx';
import { ModelFields } from './model-fields.tsx';
import { generate } from './send.ts';
import { TextField } from './text-field.tsx';

const LONGEST_LIST = 24;

export function CreatePage() {
  const client = useApolloClient();
  const [draft, setDraft] = useStored<Draft>('create', EMPTY);
  const [jobs, setJobs] = useStored<string[]>('jobs', []);
  const [warning, setWarning] = useState<string>();
  const estimate = useEstimate(estimateOf(draft));

  const send = async (terms: Terms) => {
    const { prompt, warnings } = await generate(client, draft, terms);
    setJobs((before) =>
      [prompt.id, ...before.filter((id) => id !== prompt.id)].slice(0, LONGEST_LIST),
    );
    setWarning(warnings[0]?.message);
  };
  const paid = usePaid({ name: 'create', estimate, send });
  useEffect(() => {
    // What is being sent must not change under its key.
    const text = paid.isPending ? null : takeBroughtText();
    if (text !== null) setDraft((before) => ({ ...before, text }));
  }, [paid.isPending, setDraft]);
  const errors = messagesByField(paid.error);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <div className="create">
      <PaidForm
        className="panel composer"
        paid={paid}
        shown={FIELDS}
        icon={<Sparkles aria-hidden size={18} />}
        action="Generate"
        notice={warning && <Notice>{warning}</Notice>}
      >
        <h1>Create</h1>
        <fieldset disabled={paid.isPending} className="plain">
          <TextField draft={draft} errors={errors.text} onChange={change} />
          <ModelFields draft={draft} errors={errors} onChange={change} />
        </fieldset>
      </PaidForm>
      <Jobs ids={jobs} />
    </div>
  );
}
