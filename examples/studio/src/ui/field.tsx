import { type ReactNode, useId } from 'react';

interface FieldErrorsProps {
  label: string;
  /** The gateway's messages, which begin with their verb: "can't be blank". */
  errors: readonly string[];
}

export function FieldErrors({ label, errors }: FieldErrorsProps) {
  return errors.map((message) => (
    <p key={message} className="field-error">
      {label} {message}
    </p>
  ));
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  errors?: readonly string[] | undefined;
  children(control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }): ReactNode;
}

/** A label, its control, messages and a hint. A screen reader reads all of them with the control. */
export function Field({ label, hint, errors = [], children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-more`, 'aria-invalid': errors.length > 0 })}
      <div id={`${id}-more`} className="field-more">
        <FieldErrors label={label} errors={errors} />
        {hint && <p>{hint}</p>}
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string | number> {
  label: string;
  name: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange(value: Value): void;
  errors?: readonly string[] | undefined;
}

/** A group of radio buttons in one line. */
export function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { label, name, value, options, onChange, errors = [] } = props;
  return (
    <fieldset className="field choice" aria-describedby={`${name}-errors`}>
      <legend>{label}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <div id={`${name}-errors`} className="field-more">
        <FieldErrors label={label} errors={errors} />
      </div>
    </fieldset>
  );
}
