export interface Deadline {
  signal: AbortSignal;
  /** Rejects when it aborts. */
  aborted: Promise<never>;
  /** Whether time ran out, rather than the caller going away. */
  isPast(): boolean;
  /** While somebody else than the upstream is waited for, no time runs. */
  pause(): void;
  /** From here on, the whole time once more. */
  restart(): void;
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
  let isOver = false;
  const leave = () => controller.abort(caller?.reason);
  const run = () =>
    setTimeout(() => {
      isPast = true;
      controller.abort();
    }, timeoutMs);
  let timer = run();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  // It may reject when nobody waits any more.
  aborted.catch(() => {});
  if (caller?.aborted) leave();
  else caller?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    aborted,
    isPast: () => isPast,
    pause: () => clearTimeout(timer),
    restart() {
      clearTimeout(timer);
      if (!isOver) timer = run();
    },
    clear() {
      isOver = true;
      clearTimeout(timer);
      caller?.removeEventListener('abort', leave);
    },
  };
}
