import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What a socket reads lies outside of V8's heap, which therefore lets some 90 MB of it pile up before it looks for what can
 * go. Streamed bytes are garbage at once, so it is told to look: a collection of the young takes about a millisecond.
 */
const EVERY_BYTES = 4_000_000;

type Collect = (options: { type: 'minor' }) => void;

let collect: Collect | undefined;
let bytes = 0;

/** To be told of all that is streamed. */
export function noteStreamed(length: number) {
  bytes += length;
  if (bytes < EVERY_BYTES) return;
  bytes = 0;
  // Not before there is something to collect: most processes never see an upload.
  collect ??= exposeCollect();
  collect({ type: 'minor' });
}

function exposeCollect(): Collect {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return gc;
}
