import { createHash } from 'node:crypto';
import { FieldErrors, invalid } from './answers.ts';
import { DirectUpload } from './direct-upload.ts';
import { listOf, type Param, type Params, textOf } from './params.ts';
import type { World } from './store.ts';

/** First bytes, in hexadecimal, of JPEG, PNG, GIF and WebP. */
const SIGNATURES = [/^ffd8ff/, /^89504e470d0a1a0a/, /^47494638/, /^52494646.{8}57454250/];

/** The `_url` form of a media field has its suffix inside the bracket, and plurals take it differently. */
const URL_FORMS: ReadonlyMap<string, string> = new Map([
  ['images', 'image_urls'],
  ['image_references', 'image_reference_urls'],
]);

/**
 * The pictures of a field, in their file form and their `_url` form, as the addresses that Astria stores them under. A
 * URL is believed, never fetched: only a host under `.invalid` counts as a failed download.
 */
export async function takePictures(world: World, params: Params, field: string): Promise<string[]> {
  const files = filesIn(world, params, field);
  const pictures = await Promise.all(files.map(isPicture));
  if (pictures.includes(false)) {
    const errors = new FieldErrors();
    errors.add(field, 'must be an image');
    errors.throwIfAny();
  }
  return [...files, ...urlsOf(params, field)].map((each) => storedAt(world, each));
}

/** A picture in the body itself, as base64, alone or in a data URL: null where there is none. */
export function takeInline(world: World, params: Params, field: string): string | null {
  const text = textOf(params, field);
  if (text === null) return null;
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  if (!isPictureBytes(bytes)) throw invalid({ [field]: ['must be an image'] });
  return storedAt(world, `${field}:${text}`);
}

/** Sound and film are not looked into. */
export function takeMedia(world: World, params: Params, field: string): string[] {
  return [...filesIn(world, params, field), ...urlsOf(params, field)].map((each) =>
    storedAt(world, each),
  );
}

/** Those that came with the request, and those that signed ids stand for. */
const filesIn = (world: World, params: Params, field: string) =>
  listOf(params, field).map((each) =>
    typeof each === 'string' ? signedFile(world, field, each) : each,
  );

/** What Astria says to one that stands for none is not known. */
function signedFile(world: World, field: string, signedId: string): DirectUpload {
  const upload = world.uploads.get(signedId);
  if (!upload?.isThere) throw invalid({ [field]: ['is invalid'] });
  return upload;
}

export const nameOfUrls = (field: string): string => URL_FORMS.get(field) ?? `${field}_url`;

/** In either form. */
export const isGiven = (params: Params, field: string): boolean =>
  listOf(params, field).length > 0 || listOf(params, nameOfUrls(field)).length > 0;

function urlsOf(params: Params, field: string): string[] {
  const urls = listOf(params, nameOfUrls(field)).map(String);
  for (const url of urls) {
    if (!isWebUrl(url) || new URL(url).hostname.endsWith('.invalid')) {
      throw invalid({ message: `could not download ${url}` });
    }
  }
  return urls;
}

async function isPicture(value: Param | DirectUpload): Promise<boolean> {
  if (value instanceof DirectUpload) return value.announced.contentType.startsWith('image/');
  if (!(value instanceof File)) return false;
  return isPictureBytes(Buffer.from(await value.slice(0, 12).arrayBuffer()));
}

function isPictureBytes(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString('hex');
  return SIGNATURES.some((signature) => signature.test(start));
}

const nameOf = (value: Param): string =>
  value instanceof File ? `${value.name}:${value.size}` : String(value);

/** Where a file, or what stands at an address, is kept. */
export function storedAt({ publicUrl }: World, media: Param | DirectUpload): string {
  if (media instanceof DirectUpload) return media.publicUrl;
  const name = nameOf(media);
  if (name.startsWith(`${publicUrl}/images/`)) return name;
  const digest = createHash('sha1').update(name).digest('hex').slice(0, 16);
  return `${publicUrl}/images/uploads/${digest}.png`;
}

const isWebUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Astria refuses one that holds a placeholder in braces, which nobody has replaced. */
export const isCallback = (text: string): boolean => isWebUrl(text) && !/[{}]/.test(text);
