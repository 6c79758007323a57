/** Files that are uploaded straight to storage, and their signed ids. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FieldErrors, json } from './answers.ts';
import { DirectUpload } from './direct-upload.ts';
import type { Reply } from './exchange.ts';
import { noteUnknown } from './parameters.ts';
import { numberOf, textOf } from './params.ts';
import { route } from './route.ts';
import type { World } from './store.ts';
import { rootOf } from './tune-rules.ts';

const MAX_BYTES = 100 * 1024 * 1024;
const STORAGE = '/storage/';

export const directUploadRoutes = (world: World) => [
  route(world, 'POST /api/direct_uploads', ({ body }) => {
    const blob = rootOf(body, 'blob');
    noteUnknown(world, 'direct upload', blob);
    const contentType = textOf(blob, 'content_type') ?? '';
    const byteSize = numberOf(blob, 'byte_size') ?? 0;
    const checksum = textOf(blob, 'checksum') ?? '';
    const errors = new FieldErrors();
    if (textOf(blob, 'filename') === null) errors.add('filename', "can't be blank");
    if (!/^(?:image|video|audio)\/|^text\/plain$/.test(contentType)) {
      errors.add('content_type', 'is not allowed');
    }
    if (!(byteSize > 0 && byteSize <= MAX_BYTES)) errors.add('byte_size', 'must be at most 100 MB');
    if (Buffer.from(checksum, 'base64').length !== 16) errors.add('checksum', 'is invalid');
    errors.throwIfAny();
    const number = world.uploads.size + 1;
    const key = digestOf(`upload ${number}`);
    const signedId = signedIdOf(number);
    const publicUrl = `${world.publicUrl}/images/uploads/${key}.png`;
    const announced = { byteSize, contentType, checksum };
    world.uploads.set(signedId, new DirectUpload(announced, publicUrl));
    return json({
      signed_id: signedId,
      public_url: publicUrl,
      direct_upload: {
        url: `${world.publicUrl}${STORAGE}${key}?signature=${digestOf(key)}`,
        headers: { 'Content-Type': contentType, 'Content-MD5': checksum },
      },
    });
  }),
];

const digestOf = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 16);

/** Makes a signed id as Rails does for a blob. */
function signedIdOf(number: number): string {
  const content = JSON.stringify({ _rails: { data: number, pur: 'blob_id' } });
  return `${Buffer.from(content).toString('base64url')}--${digestOf(`signed ${number}`)}`;
}

export const isStorage = (method: string | undefined, pathname: string): boolean =>
  method === 'PUT' && pathname.startsWith(STORAGE);

/** Takes an upload as storage does: anybody who has the address may send the announced file, with the announced headers. */
export function store(world: World, pathname: string, sent: Sent): Reply {
  const key = pathname.slice(STORAGE.length);
  const upload = [...world.uploads.values()].find(({ publicUrl }) =>
    publicUrl.endsWith(`/${key}.png`),
  );
  if (!upload) return answer(404, 'NoSuchKey');
  // Storage mistakes `Authorization` for its own signature, and does not know Astria's keys.
  if (sent.headers.authorization) return answer(400, 'InvalidArgument');
  const { contentType, checksum, byteSize } = upload.announced;
  const isAsTold =
    sent.headers['content-type'] === contentType && sent.headers['content-md5'] === checksum;
  if (!isAsTold) return answer(403, 'SignatureDoesNotMatch');
  const found = createHash('md5').update(sent.body).digest('base64');
  if (found !== checksum || sent.body.length !== byteSize) {
    return answer(400, 'BadDigest');
  }
  upload.isThere = true;
  return answer(200, '');
}

interface Sent {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const answer = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});
