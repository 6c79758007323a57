import { useCallback, useEffect, useState } from 'react';
import { isRefused } from './problem.tsx';
import { useStored } from './stored.ts';

interface PaidOptions {
  /** Names the form. */
  name: string;
  /** Sends what the form holds. Under the same key it is made and paid for once, however often it is sent. */
  send(idempotencyKey: string): Promise<unknown>;
  /** False while the form is still being read from where a reload left it. */
  isReady?: boolean;
}

/**
 * Sends a form that costs money. Its key is kept until there is an answer: after a lost connection or a reload the same form is
 * sent again under the same key, and nothing is paid twice.
 */
export function usePaid({ name, send, isReady = true }: PaidOptions) {
  const [key, setKey] = useStored<string | null>(`paid:${name}`, null);
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = useCallback(async () => {
    const idempotencyKey = key ?? crypto.randomUUID();
    setKey(idempotencyKey);
    setIsSending(true);
    try {
      await send(idempotencyKey);
      setKey(null);
      setError(undefined);
    } catch (thrown) {
      setError(thrown);
      if (isRefused(thrown)) setKey(null);
    } finally {
      setIsSending(false);
    }
  }, [key, send, setKey]);

  const isLost = key !== null && !isSending;
  // What a reload has interrupted goes on by itself. After a lost connection it waits for the network to be back.
  useEffect(() => {
    if (!isLost || !isReady) return;
    if (error === undefined) void submit();
    const resend = () => void submit();
    addEventListener('online', resend);
    return () => removeEventListener('online', resend);
  }, [isLost, isReady, error, submit]);

  /** Forgets what was sent. It may have been made all the same. */
  const giveUp = () => {
    setKey(null);
    setError(undefined);
  };
  return { submit, giveUp, isSending, isLost, error, isPending: key !== null };
}
