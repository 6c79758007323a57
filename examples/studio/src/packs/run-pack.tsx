import { useApolloClient } from '@apollo/client/react';
import { messagesByField } from 'astria-graphql-client/errors';
import { useState } from 'react';
import type { ReferenceTune } from '../graphql/fragments.ts';
import { RUN_PACK } from '../graphql/mutations.ts';
import type { PackRow } from '../graphql/packs.ts';
import { Field } from '../ui/field.tsx';
import { type Terms, usePaid } from '../ui/paid.ts';
import { PaidForm } from '../ui/paid-form.tsx';
import { useEstimate } from '../ui/price.tsx';
import { Notice } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';

interface RunPackProps {
  pack: PackRow;
  tunes: readonly ReferenceTune[];
  /** Reads the pack's prompts again. */
  onRun(): Promise<unknown>;
}

/** Returns what to choose. A multi pack takes a reference of each class, any other pack one of any class that has a price. */
function slotsOf({ useMulti, referenceClassNames, costs }: PackRow) {
  if (useMulti) return (referenceClassNames ?? []).map((name) => ({ label: name, names: [name] }));
  return [{ label: 'reference', names: costs.map(({ className }) => className) }];
}

export function RunPack({ pack, tunes, onRun }: RunPackProps) {
  const client = useApolloClient();
  const slots = slotsOf(pack);
  const [chosen, setChosen] = useStored<Record<string, string>>(`pack:${pack.id}`, {});
  const [done, setDone] = useState(false);
  const tuneIds = slots.flatMap(({ label }) => chosen[label] || []);
  const isComplete = tuneIds.length === slots.length;
  const input = { id: pack.id, tuneIds };
  const estimate = useEstimate(isComplete ? { input: { runPack: input } } : undefined);

  const send = async (terms: Terms) => {
    await client.mutate({ mutation: RUN_PACK, variables: { input: { ...input, ...terms } } });
    // The gallery has new rows, and Astria may not have named them in the answer.
    client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'prompts' });
    setDone(true);
    await onRun();
  };
  const paid = usePaid({ name: `pack:${pack.id}`, estimate, send });
  const errors = messagesByField(paid.error);
  return (
    <PaidForm
      className="run-pack"
      paid={paid}
      shown={['tuneIds']}
      incomplete={isComplete ? undefined : 'Choose, to see the price.'}
      action="Run the pack"
      notice={
        done && !paid.isPending && <Notice>It is on its way. The pictures arrive below.</Notice>
      }
    >
      <fieldset disabled={paid.isPending} className="plain">
        {slots.map(({ label, names }, index) => (
          <Field
            key={label}
            label={`Your ${label}`}
            errors={errors[`tuneIds.${index}`] ?? (index === 0 ? errors.tuneIds : [])}
          >
            {(props) => (
              <select
                {...props}
                value={chosen[label] ?? ''}
                onChange={({ target }) =>
                  setChosen((before) => ({ ...before, [label]: target.value }))
                }
              >
                <option value="">Choose one</option>
                {tunes.filter(fits(names, pack)).map(({ id, title, name }) => (
                  <option key={id} value={id}>
                    {title} ({name})
                  </option>
                ))}
              </select>
            )}
          </Field>
        ))}
      </fieldset>
    </PaidForm>
  );
}

/** Multi packs take instant references, other packs trained ones. */
const fits =
  (names: readonly string[], { useMulti }: PackRow) =>
  (tune: ReferenceTune) =>
    tune.status === 'READY' &&
    tune.modelType === (useMulti ? 'faceid' : 'lora') &&
    names.includes(tune.name ?? '');
