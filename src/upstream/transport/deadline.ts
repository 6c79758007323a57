export interface Deadline {
  signal: AbortSignal;
  /** Whether time ran out, rather than somebody giving up. */
  isPast(): boolean;
  /** While somebody else than the upstream is waited for, no time runs. */
  pause(): void;
  /** From here on, the whole time once more. */
  restart(): void;
  /** Ends the watch; without it the process is kept from ending. */
  clear(): void;
}

/** Aborts when time is up or when `given` does. Listens by hand, which costs less than AbortSignal.any. */
export function startDeadline(timeoutMs: number, given?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isPast = false;
  let isOver = false;
  const leave = () => controller.abort(given?.reason);
  const run = () =>
    setTimeout(() => {
      isPast = true;
      controller.abort();
    }, timeoutMs);
  let timer = run();
  if (given?.aborted) leave();
  else given?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    isPast: () => isPast,
    pause: () => clearTimeout(timer),
    restart() {
      clearTimeout(timer);
      if (!isOver) timer = run();
    },
    clear() {
      isOver = true;
      clearTimeout(timer);
      given?.removeEventListener('abort', leave);
    },
  };
}
