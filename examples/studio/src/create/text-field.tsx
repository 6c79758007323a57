import { UserRoundPlus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Field } from '../ui/field.tsx';
import type { Draft } from './draft.ts';
import { ReferencePicker } from './reference-picker.tsx';
import { referencesIn, useReferences } from './references-in.ts';

interface TextFieldProps {
  draft: Draft;
  errors: readonly string[] | undefined;
  onChange(part: Partial<Draft>): void;
}

export function TextField({ draft, errors, onChange }: TextFieldProps) {
  const control = useRef<HTMLTextAreaElement>(null);
  const [isPicking, setIsPicking] = useState(false);
  const found = referencesIn(draft.text);
  const known = useReferences(isPicking || found.length > 0);

  function insert(reference: string) {
    const at = control.current?.selectionStart ?? draft.text.length;
    const before = draft.text.slice(0, at).trimEnd();
    const after = draft.text.slice(at).trimStart();
    onChange({ text: [before, reference, after].filter(Boolean).join(' ') });
    setIsPicking(false);
    control.current?.focus();
  }

  return (
    <>
      <Field label="Text" errors={errors}>
        {(props) => (
          <textarea
            {...props}
            ref={control}
            rows={5}
            value={draft.text}
            placeholder="A woman in a linen suit, on a rooftop above the city, late sun from the left"
            onChange={({ target }) => onChange({ text: target.value })}
          />
        )}
      </Field>
      <div className="in-text">
        {found.map(({ token, tuneId }) => {
          const tune = known.find(({ astriaId }) => astriaId === tuneId);
          return (
            <span key={token} className="chip">
              {tune?.origImages[0] && <img src={tune.origImages[0]} alt="" />}
              {tune?.title ?? `Tune ${tuneId}`}
              <button
                type="button"
                className="icon"
                aria-label={`Remove ${tune?.title ?? tuneId}`}
                onClick={() =>
                  onChange({ text: draft.text.replace(token, '').replace(/ {2,}/g, ' ').trim() })
                }
              >
                <X aria-hidden size={14} />
              </button>
            </span>
          );
        })}
        <button type="button" className="button quiet small" onClick={() => setIsPicking(true)}>
          <UserRoundPlus aria-hidden size={16} /> Add a reference
        </button>
      </div>
      {isPicking && (
        <ReferencePicker
          model={draft.model}
          references={known}
          onPick={insert}
          onClose={() => setIsPicking(false)}
        />
      )}
    </>
  );
}
