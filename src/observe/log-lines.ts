import type { Logger } from 'pino';
import type { Observer } from './watch.ts';

/** A line for each operation that was run; and for each request that brought an id of its own and shared an answer. */
export const logLines = (log: Logger): Observer => ({
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
