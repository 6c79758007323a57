import type { ServerResponse } from 'node:http';

/** So long a client may take nothing of an answer that waits for it, in memory. */
const STALLED_MS = 30_000;

/** For an answer that has been given as a whole: whoever does not take it is cut off. */
export function dropIfStalled(response: ServerResponse, afterMs = STALLED_MS) {
  if (!response.socket?.writableLength) return;
  response.setTimeout(afterMs, () => response.destroy());
}
