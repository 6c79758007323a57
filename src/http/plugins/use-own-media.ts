import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Incoming } from '../incoming.ts';
import type { OwnMedia } from '../own-media.ts';

/** Moves the addresses of the embedded emulator's pictures to the address of the request. */
export function useOwnMedia({ moved }: OwnMedia): Plugin<object, Incoming> {
  function move(result: ExecutionResult, base: string) {
    // Changed in place, because `useWatch` recognizes results by identity.
    if (result.data) Object.assign(result, { data: moved(result.data, base) });
    return result;
  }
  return {
    onResultProcess({ serverContext: { mediaBase }, result, setResult }) {
      if (!mediaBase) return;
      if (isAsyncIterable<ExecutionResult>(result)) {
        setResult(mapAsyncIterator(result, (one) => move(one, mediaBase)));
      } else for (const one of [result].flat() as ExecutionResult[]) move(one, mediaBase);
    },
  };
}
