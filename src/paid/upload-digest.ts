/** What was in the files of a request, without keeping them. */
import { createHash, type Hash } from 'node:crypto';
import type { Upload } from '../graphql/upload.ts';

/**
 * Taken while they are sent on. `whenWhole` is waited for before the last of them ends, so before Astria can have all that
 * was sent. Where nobody will ask for the digest, none is taken.
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

/** Taken of files that go nowhere. They are read as they come. */
export async function readDigest(uploads: readonly Upload[]): Promise<string> {
  const hashes = new Map(uploads.map((upload) => [upload, createHash('sha256')]));
  const left = new Set(uploads);
  for (;;) {
    const [first] = left;
    if (!first) return digestOf([...hashes.values()]);
    const upcoming = (await first.upcoming()) as Upload;
    // Another than one of these is refused where the first is opened.
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
