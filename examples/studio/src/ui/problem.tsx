import { astriaErrors, type ErrorCode, messagesByField } from 'astria-graphql-client/errors';
import { CircleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';

/** Returns what a person can be told of an error that is not about a field of a form. */
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

/** Whether it is certain that a write was not done. Of anything else its key has to be kept. */
export const isRefused = (error: unknown): boolean =>
  astriaErrors(error).some(
    ({ extensions: { code, outcome } }) =>
      outcome === 'NOT_DONE' || (outcome === undefined && REFUSALS.includes(code)),
  );

/** Returns messages of fields that a form does not show, so that none is lost. */
export function otherMessages(error: unknown, shown: readonly string[]): string[] {
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

/** What has gone wrong in place of what should be here, and a way on. */
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

/** It was sent, and nobody knows what came of it: that is no loss, as long as the same is sent again. */
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
