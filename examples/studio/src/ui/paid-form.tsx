import type { ReactNode } from 'react';
import type { Paid } from './paid.ts';
import { Price } from './price.tsx';
import { Lost, OtherMessages } from './problem.tsx';

interface PaidFormProps {
  className: string;
  paid: Paid;
  /** The fields that show their messages themselves. */
  shown: readonly string[];
  /** Stands in place of the price as long as the form is incomplete. It cannot be sent then. */
  incomplete?: string | undefined;
  icon?: ReactNode;
  action: string;
  /** What the button says while the form is sent. */
  sending?: string | undefined;
  notice?: ReactNode;
  children: ReactNode;
}

/** A form that costs money: its fields, the price beside the button, and what went wrong. */
export function PaidForm(props: PaidFormProps) {
  const { paid, shown, incomplete, icon, action, sending = 'Sending…' } = props;
  return (
    <form
      className={props.className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void paid.submit();
      }}
    >
      {props.children}
      <div className="composer-end">
        {incomplete ? <p className="muted">{incomplete}</p> : <Price estimate={paid.estimate} />}
        <button
          type="submit"
          className="button strong"
          disabled={paid.isSending || !paid.estimate || incomplete !== undefined}
        >
          {icon}
          {paid.isSending ? sending : paid.isLost ? 'Send again' : action}
        </button>
      </div>
      {paid.isLost ? (
        <Lost error={paid.error} onGiveUp={paid.giveUp} />
      ) : (
        <OtherMessages error={paid.error} shown={shown} />
      )}
      {props.notice}
    </form>
  );
}
