export interface Deadline {
  signal: AbortSignal;
  /** Whether time ran out, rather than the caller going away. */
  isPast(): boolean;
  /** Ends the watch; without it the process is kept from ending. */
  clear(): void;
}

/**
 * Aborts when time is up or when `caller` does. Listens by hand: what yoga gives as a request's signal only
 * looks like an AbortSignal, and AbortSignal.any refuses it.
 */
export function startDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isPast = false;
  const leave = () => controller.abort(caller?.reason);
  const timer = setTimeout(() => {
    isPast = true;
    controller.abort();
  }, timeoutMs);
  if (caller?.aborted) leave();
  else caller?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    isPast: () => isPast,
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', leave);
    },
  };
}
