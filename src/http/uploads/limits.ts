import { badRequest, type Limit } from '../../graphql/errors.ts';

/** What one request may bring. A megabyte is a million bytes. */
export interface UploadLimits {
  maxFiles: number;
  maxBytesPerFile: number;
  /** The whole body, with everything that stands between the files. */
  maxBytesInAll: number;
  maxOperationsBytes: number;
  maxMapBytes: number;
  /** How long nothing may come of a file that is wanted. */
  maxSilenceMs: number;
  /** How long so many bytes may take, while it is the client that is waited for. */
  maxPaceMs: number;
  paceBytes: number;
}

export const UPLOAD_LIMITS: UploadLimits = {
  maxFiles: 100,
  maxBytesPerFile: 500_000_000,
  maxBytesInAll: 2_000_000_000,
  maxOperationsBytes: 1_000_000,
  maxMapBytes: 64_000,
  maxSilenceMs: 30_000,
  // 1 kB/s: less than any line has on which a photo would ever arrive.
  maxPaceMs: 30_000,
  paceBytes: 30_000,
};

const MALFORMED = 400;
export const TOO_LARGE = 413;
export const TOO_SLOW = 408;

/** How long a client may go on with what is refused, so that it gets to see why. */
export const LINGER_MS = 1000;

/** A request refused as a whole: unlike an error in a field, whatever the client accepts. */
export function refusal(message: string, limit: Limit, status = MALFORMED) {
  const error = badRequest(message, limit);
  error.extensions.http = { status };
  return error;
}
