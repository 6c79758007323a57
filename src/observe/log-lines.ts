import type { Logger } from 'pino';
import type { Watcher } from './watch.ts';

/** Writes a line for each operation that was executed, and for each request with its own id that shared an answer. */
export const logLines = (log: Logger): Watcher => ({
  over({ requestId, operation, context }, { ms, codes }) {
    const calls = context?.calls;
    log.info(
      {
        requestId,
        operation: operation?.name,
        kind: operation?.kind,
        hash: operation?.hash,
        caller: context?.caller.name,
        ms: Math.round(ms * 100) / 100,
        calls: calls?.made ?? 0,
        shared: calls?.shared ?? 0,
        retried: calls?.retried ?? 0,
        ...(codes.length > 0 && { codes: [...new Set(codes)] }),
      },
      'operation',
    );
  },
  joined(requestId, ranAs) {
    if (requestId !== ranAs) log.info({ requestId, ranAs }, 'shared');
  },
});
