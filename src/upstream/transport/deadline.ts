export interface Deadline {
  signal: AbortSignal;
  /** Returns whether the time ran out, rather than the caller giving up. */
  isPast(): boolean;
  /** Stops the clock while somebody other than Astria is waited for. */
  pause(): void;
  /** Starts the whole timeout again. */
  restart(): void;
  /** Ends the timer. Without this it keeps the process alive. */
  clear(): void;
}

/** Aborts when the time is up or when `given` aborts. A listener costs less than `AbortSignal.any`. */
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
