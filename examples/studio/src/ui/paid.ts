import { useEffect, useEffectEvent, useState } from 'react';
import { type Estimate, maxCostOf } from './price.tsx';
import { isRefused } from './problem.tsx';
import { useStored } from './stored.ts';

/** The fields of an input that protect a payment. The gateway pays once for one key, and not more than `maxCost`. */
export interface Terms {
  idempotencyKey: string;
  maxCost?: string;
}

interface PaidOptions {
  /** The name of the form. */
  name: string;
  /** The price that the form shows. Nothing is sent before there is one. */
  estimate: Estimate | undefined;
  /** Sends what the form holds. */
  send(terms: Terms): Promise<unknown>;
  /** False until the form has read what a reload has left. */
  isReady?: boolean;
}

export type Paid = ReturnType<typeof usePaid>;

/**
 * Sends a form that costs money. Its terms are kept until there is an answer: after a lost connection or a reload the same form
 * is sent again under the same terms, so nothing is paid twice.
 */
export function usePaid({ name, estimate, send, isReady = true }: PaidOptions) {
  const [kept, setKept] = useStored<Terms | null>(`paid:${name}`, null);
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async () => {
    const terms = kept ?? { idempotencyKey: crypto.randomUUID(), ...maxCostOf(estimate) };
    setKept(terms);
    setIsSending(true);
    try {
      await send(terms);
      setKept(null);
      setError(undefined);
    } catch (thrown) {
      setError(thrown);
      if (isRefused(thrown)) setKept(null);
    } finally {
      setIsSending(false);
    }
  };

  const isPending = kept !== null;
  const isLost = isPending && !isSending;
  const resend = useEffectEvent(() => void submit());
  // A reload has interrupted it: it is sent again at once. A lost connection: when the network is back.
  useEffect(() => {
    if (!isLost || !isReady) return;
    if (error === undefined) resend();
    const onOnline = () => resend();
    addEventListener('online', onOnline);
    return () => removeEventListener('online', onOnline);
  }, [isLost, isReady, error]);

  /** Forgets what was sent. It may have been made all the same. */
  const giveUp = () => {
    setKept(null);
    setError(undefined);
  };
  return { submit, giveUp, isSending, isLost, isPending, error, estimate };
}
