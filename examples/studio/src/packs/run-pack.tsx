import { useApolloClient } from '@apollo/client/react';
import { messagesByField } from 'astria-graphql-client/errors';
import { useCallback, useState } from 'react';
import type { ReferenceTune } from '../graphql/fragments.ts';
import { RUN_PACK } from '../graphql/mutations.ts';
import type { PackRow } from '../graphql/packs.ts';
import { Field } from '../ui/field.tsx';
import { usePaid } from '../ui/paid.ts';
import { maxCostOf, Price, useEstimate } from '../ui/price.tsx';
import { Lost, Notice, otherMessages } from '../ui/problem.tsx';
import { useStored } from '../ui/stored.ts';

interface RunPackProps {
  pack: PackRow;
  tunes: readonly ReferenceTune[];
  /** Reads the list of what was made with it. */
  onRun(): Promise<unknown>;
}

/** A multi pack takes one reference of each class, any other pack one of any class that it has a price for. */
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

  const send = useCallback(
    async (idempotencyKey: string) => {
      await client.mutate({
        mutation: RUN_PACK,
        variables: { input: { id: pack.id, tuneIds, idempotencyKey, ...maxCostOf(estimate) } },
      });
      // The gallery has new rows that this answer may not name.
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'prompts' });
      setDone(true);
      await onRun();
    },
    [client, pack.id, tuneIds, estimate, onRun],
  );
  const { submit, giveUp, isSending, isLost, isPending, error } = usePaid({
    name: `pack:${pack.id}`,
    send,
  });
  const errors = messagesByField(error);
  return (
    <form
      className="run-pack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset disabled={isPending} className="plain">
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
      <div className="composer-end">
        {isComplete ? (
          <Price estimate={estimate} />
        ) : (
          <p className="muted">Choose, to see the price.</p>
        )}
        <button
          type="submit"
          className="button strong"
          disabled={isSending || !isComplete || !estimate}
        >
          {isSending ? 'Sending…' : isLost ? 'Send again' : 'Run the pack'}
        </button>
      </div>
      {isLost && <Lost error={error} onGiveUp={giveUp} />}
      {done && !isPending && <Notice>It is on its way. The pictures arrive below.</Notice>}
      {!isLost &&
        otherMessages(error, ['tuneIds']).map((message) => (
          <p key={message} className="field-error" role="alert">
            {message}
          </p>
        ))}
    </form>
  );
}

/** Instant references go with multi packs, trained ones with the others. */
const fits =
  (names: readonly string[], { useMulti }: PackRow) =>
  (tune: ReferenceTune) =>
    tune.status === 'READY' &&
    tune.modelType === (useMulti ? 'faceid' : 'lora') &&
    names.includes(tune.name ?? '');
