import { Choice, Field } from '../ui/field.tsx';
import { type Draft, MODELS, RATIOS } from './draft.ts';
import { useReferences } from './references-in.ts';

interface ModelFieldsProps {
  draft: Draft;
  errors: Readonly<Record<string, readonly string[]>>;
  onChange(part: Partial<Draft>): void;
}

const COUNTS = [1, 2, 3, 4, 6, 8].map((value) => ({ value, label: value }));
const RESOLUTIONS = ['1K', '2K', '4K'].map((value) => ({ value, label: value }));

export function ModelFields({ draft, errors, onChange }: ModelFieldsProps) {
  return (
    <>
      <Choice
        label="Model"
        name="model"
        value={draft.model}
        options={MODELS}
        onChange={(model) => onChange({ model })}
      />
      {draft.model === 'tune' && (
        <OwnTune draft={draft} errors={errors.tuneId} onChange={onChange} />
      )}
      <Choice
        label="Aspect ratio"
        name="aspectRatio"
        value={draft.aspectRatio}
        errors={errors.aspectRatio}
        options={RATIOS.map((value) => ({ value, label: <RatioLabel ratio={value} /> }))}
        onChange={(aspectRatio) => onChange({ aspectRatio })}
      />
      <div className="columns">
        <Choice
          label="Pictures"
          name="numImages"
          value={draft.numImages}
          errors={errors.numImages}
          options={COUNTS}
          onChange={(numImages) => onChange({ numImages })}
        />
        {draft.model === 'gemini' && (
          <Choice
            label="Resolution"
            name="resolution"
            value={draft.resolution}
            errors={errors.resolution}
            options={RESOLUTIONS}
            onChange={(resolution) => onChange({ resolution })}
          />
        )}
        <Field label="Seed" errors={errors.seed}>
          {(props) => (
            <input
              {...props}
              inputMode="numeric"
              value={draft.seed}
              placeholder="Random"
              onChange={({ target }) => onChange({ seed: target.value.replaceAll(/[^\d-]/g, '') })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function RatioLabel({ ratio }: { ratio: string }) {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const scale = 15 / Math.max(across, down);
  return (
    <>
      <i className="ratio" style={{ width: across * scale, height: down * scale }} aria-hidden />
      {ratio}
    </>
  );
}

function OwnTune({
  draft,
  errors,
  onChange,
}: Omit<ModelFieldsProps, 'errors'> & { errors: readonly string[] | undefined }) {
  const tunes = useReferences(true).filter(({ status }) => status === 'READY');
  const subjectOf = (tuneId: string) => {
    const { token, name } = tunes.find(({ id }) => id === tuneId) ?? {};
    return token ? `${token} ${name ?? ''}`.trim() : '';
  };
  const subject = subjectOf(draft.tuneId);
  return (
    <Field
      label="Tune"
      errors={errors}
      hint={subject && <>Its subject is called “{subject}” in a text.</>}
    >
      {(props) => (
        <select
          {...props}
          value={draft.tuneId}
          onChange={({ target: { value } }) => {
            const words = subjectOf(value);
            onChange({
              tuneId: value,
              ...(draft.text === '' && { text: words && `${words} ` }),
            });
          }}
        >
          <option value="">Choose one</option>
          {tunes.map(({ id, title, name }) => (
            <option key={id} value={id}>
              {title} {name && `(${name})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
