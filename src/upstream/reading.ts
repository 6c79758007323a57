import type { CallEntry } from './call-log.ts';
import { AnsweredWithFailure, type CallName, NoAnswer } from './errors.ts';
import type { SharedCall } from './single-flight.ts';

/** The result of a read, for all operations that share it. */
export interface Reading {
  status: number;
  value: unknown;
}

interface Wait {
  name: CallName;
  caller: AbortSignal | undefined;
  /** The entry in which an operation that joined notes its own wait. */
  share: CallEntry | undefined;
}

export const isLate = (error: unknown) => error instanceof NoAnswer && error.reason === 'timeout';

/** One who leaves waits no longer, and the others do. */
export function waitFor(
  seat: SharedCall<Reading>,
  { name, caller, share }: Wait,
): Promise<unknown> {
  const startedAt = share && performance.now();
  return new Promise((resolve, reject) => {
    const leave = () => {
      seat.leave();
      reject(new NoAnswer(name, 'connection', { cause: caller?.reason }));
    };
    const end = (status: number | undefined) => {
      caller?.removeEventListener('abort', leave);
      if (!share || startedAt === undefined) return;
      share.status = status;
      share.ms = performance.now() - startedAt;
    };
    seat.result.then(
      ({ status, value }) => {
        end(status);
        resolve(value);
      },
      (error) => {
        end(error instanceof AnsweredWithFailure ? error.status : undefined);
        reject(error);
      },
    );
    if (caller?.aborted) leave();
    else caller?.addEventListener('abort', leave, { once: true });
  });
}
