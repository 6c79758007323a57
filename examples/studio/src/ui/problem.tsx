import { astriaErrors, type ErrorCode, messagesByField } from 'astria-graphql-client/errors';
import { CircleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';

/** Returns the message to show for an error that is not about a field of a form. */
function messageOf(error: unknown): string {
  const [first] = astriaErrors(error);
  if (!first) return 'There is no connection. Nothing is lost: try again.';
  const { retryAfterMs, resetsAt } = first.extensions;
  if (retryAfterMs) return `${first.message} Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  if (resetsAt)
    return `${first.message} It starts again at ${new Date(resetsAt).toLocaleString()}.`;
  return first.message;
}

const REFUSALS: readonly ErrorCode[] = [
  'VALIDATION_FAILED',
  'BAD_REQUEST',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'OVERLOADED',
  'OPERATION_TOO_COMPLEX',
];

/** Returns true if a write was certainly not done. After any other error its key must be kept. */
export const isRefused = (error: unknown): boolean =>
  astriaErrors(error).some(
    ({ extensions: { code, outcome } }) =>
      outcome === 'NOT_DONE' || (outcome === undefined && REFUSALS.includes(code)),
  );

interface OtherMessagesProps {
  error: unknown;
  /** The fields that show their messages themselves. */
  shown: readonly string[];
}

/** The messages that no field of a form shows, so that none is lost. */
export function OtherMessages({ error, shown }: OtherMessagesProps) {
  return otherMessages(error, shown).map((message) => (
    <p key={message} className="field-error" role="alert">
      {message}
    </p>
  ));
}

function otherMessages(error: unknown, shown: readonly string[]): string[] {
  if (!error) return [];
  const byField = Object.entries(messagesByField(error));
  if (byField.length === 0) return [messageOf(error)];
  return byField
    .filter(([field]) => !shown.some((name) => field === name || field.startsWith(`${name}.`)))
    .flatMap(([field, messages]) => messages.map((message) => `${field} ${message}`.trim()));
}

interface ProblemProps {
  error: unknown;
  onRetry?: () => void;
}

/** An error in place of the content, with a button to try again. */
export function Problem({ error, onRetry }: ProblemProps) {
  const Icon = astriaErrors(error).length > 0 ? CircleAlert : WifiOff;
  return (
    <div className="problem" role="alert">
      <Icon aria-hidden size={20} />
      <p>{messageOf(error)}</p>
      {onRetry && (
        <button type="button" className="button quiet" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Notice({ children }: { children: ReactNode }) {
  return (
    <p className="notice" role="status">
      {children}
    </p>
  );
}

interface LostProps {
  error: unknown;
  onGiveUp(): void;
}

/** The outcome of what was sent is unknown. Sending the same again finds it out. */
export function Lost({ error, onGiveUp }: LostProps) {
  return (
    <div className="notice" role="alert">
      <p>{messageOf(error)}</p>
      <p>What you have sent is kept. Send it again: it is never paid for twice.</p>
      <button type="button" className="button quiet small" onClick={onGiveUp}>
        Give it up
      </button>
    </div>
  );
}
