/** Digests of the files in a request, without keeping the files. */
import { createHash, type Hash } from 'node:crypto';
import type { Upload } from '../graphql/upload.ts';

/**
 * Computes digests while files are sent on. `whenWhole` is awaited before the last file ends, and so before Astria can have the
 * whole request. If nobody needs the digest, none is computed.
 */
export function watchUploads(
  uploads: readonly Upload[],
  isAsked: boolean,
  whenWhole: (digest: string | undefined) => Promise<unknown>,
) {
  const hashes = isAsked ? uploads.map(() => createHash('sha256')) : undefined;
  let left = uploads.length;
  for (const [index, upload] of uploads.entries()) {
    const hash = hashes?.[index];
    upload.watch({
      see: hash && ((chunk) => void hash.update(chunk)),
      async end() {
        left--;
        if (left === 0) await whenWhole(hashes && digestOf(hashes));
      },
    });
  }
}

/** Computes digests of files that are not sent anywhere, as they arrive. */
export async function readDigest(uploads: readonly Upload[]): Promise<string> {
  const hashes = new Map(uploads.map((upload) => [upload, createHash('sha256')]));
  const left = new Set(uploads);
  for (;;) {
    const [first] = left;
    if (!first) return digestOf([...hashes.values()]);
    const upcoming = (await first.upcoming()) as Upload;
    // Another file than these is refused when the first one is opened.
    const upload = left.has(upcoming) ? upcoming : first;
    left.delete(upload);
    const { stream } = await upload.open();
    for await (const chunk of stream) hashes.get(upload)?.update(chunk);
  }
}

function digestOf(hashes: readonly Hash[]): string {
  const all = createHash('sha256');
  for (const hash of hashes) all.update(hash.digest());
  return all.digest('hex');
}
