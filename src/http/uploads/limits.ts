import { badRequest, type Limit } from '../../graphql/errors.ts';

/** The limits of one upload request. A megabyte is a million bytes. */
export interface UploadLimits {
  maxFiles: number;
  maxBytesPerFile: number;
  /** The whole body, with everything between the files. */
  maxBytesInAll: number;
  maxOperationsBytes: number;
  maxMapBytes: number;
  /** The longest time without a byte of a file that is needed. */
  maxSilenceMs: number;
  /** The longest time for a number of bytes while the client is waited for. */
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
  // 1 kB/s. On a slower line a photo would never arrive.
  maxPaceMs: 30_000,
  paceBytes: 30_000,
};

const MALFORMED = 400;
export const TOO_LARGE = 413;
export const TOO_SLOW = 408;

/** How long a refused client may still send before it gets its answer. */
export const LINGER_MS = 1000;

/** Refuses the whole request, with this status for all media types. An error in a field is different. */
export function refusal(message: string, limit: Limit, status = MALFORMED) {
  const error = badRequest(message, limit);
  error.extensions.http = { status };
  return error;
}
