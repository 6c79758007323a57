import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

let collect: Collect | undefined;

/**
 * What a socket reads lies outside of V8's heap, which therefore lets some 64 MB of it pile up, and then looks through the
 * whole heap for what can go. But most that is read is garbage at once, and to look among the young takes a few
 * milliseconds. To be told of what was read: they are looked through every so many bytes of it.
 */
export function collectEvery(everyBytes: number): (length: number) => void {
  let bytes = 0;
  return (length) => {
    bytes += length;
    if (bytes < everyBytes) return;
    bytes = 0;
    // Not before there is something to collect.
    collect ??= exposeCollect();
    collect({ type: 'minor' });
  };
}

function exposeCollect(): Collect {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return gc;
}
