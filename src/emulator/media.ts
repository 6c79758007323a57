import { createHash } from 'node:crypto';
import { FieldErrors, invalid } from './answers.ts';
import { DirectUpload } from './direct-upload.ts';
import { tellOnce } from './notes.ts';
import { isBlank, listOf, type Param, type Params, textOf, textsOf } from './params.ts';
import type { World } from './store.ts';

/** The first bytes of JPEG, PNG, GIF and WebP files, in hexadecimal. */
const SIGNATURES = [/^ffd8ff/, /^89504e470d0a1a0a/, /^47494638/, /^52494646.{8}57454250/];

/** The `_url` form of a media field has its suffix inside the bracket, and plurals take it differently. */
const URL_FORMS: ReadonlyMap<string, string> = new Map([
  ['images', 'image_urls'],
  ['image_references', 'image_reference_urls'],
]);

/**
 * Takes the pictures of a field, in its file form and its `_url` form. Returns the addresses under which Astria stores them. An
 * address is not fetched: only a host under `.invalid` counts as a failed download.
 */
export async function takePictures(world: World, params: Params, field: string): Promise<string[]> {
  const files = filesIn(world, params, field);
  const pictures = await Promise.all(files.map(isPicture));
  if (pictures.includes(false)) {
    const errors = new FieldErrors();
    errors.add(field, 'must be an image');
    errors.throwIfAny();
  }
  return [...files, ...urlsOf(world, params, field)].map((each) => storedAt(world, each));
}

/** Takes a picture in base64 or in a data URL. Returns null if there is none. */
export function takeInline(world: World, params: Params, field: string): string | null {
  const text = textOf(params, field);
  if (text === null) return null;
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  if (!isPictureBytes(bytes)) throw invalid({ [field]: ['must be an image'] });
  return storedAt(world, `${field}:${text}`);
}

/** Takes audio or video, without looking into it. */
export function takeMedia(world: World, params: Params, field: string): string[] {
  return [...filesIn(world, params, field), ...urlsOf(world, params, field)].map((each) =>
    storedAt(world, each),
  );
}

/** Returns the files of the request, and those that signed ids stand for. */
const filesIn = (world: World, params: Params, field: string) =>
  sentIn(world, params, field).map((each) =>
    typeof each === 'string' ? signedFile(world, field, each) : each,
  );

/** Throws a plain 422 for an unknown signed id. Astria's real answer is not known. */
function signedFile(world: World, field: string, signedId: string): DirectUpload {
  const upload = world.uploads.get(signedId);
  if (!upload?.isThere) throw invalid({ [field]: ['is invalid'] });
  return upload;
}

export const nameOfUrls = (field: string): string => URL_FORMS.get(field) ?? `${field}_url`;

/** Returns whether the field was sent in either form. */
export const isGiven = (params: Params, field: string): boolean =>
  textsOf(params, field).length > 0 || textsOf(params, nameOfUrls(field)).length > 0;

/** Rails attaches nothing for a blank. What is said of each picture in another list then no longer stands beside it. */
function sentIn(world: World, params: Params, name: string): Param[] {
  const list = listOf(params, name);
  const given = list.filter((item) => !isBlank(item));
  if (given.length < list.length) {
    tellOnce(
      world,
      `a blank in ${name}`,
      (what) => `The emulator passes over ${what}: what follows it moves up by one.`,
    );
  }
  return given;
}

function urlsOf(world: World, params: Params, field: string): string[] {
  const urls = sentIn(world, params, nameOfUrls(field)).map(String);
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

/** Returns the address under which a file, or a copy of what is at an address, is stored. */
export function storedAt({ publicUrl }: World, media: Param | DirectUpload): string {
  if (media instanceof DirectUpload) return media.publicUrl;
  const name = nameOf(media);
  if (name.startsWith(`${publicUrl}/images/`)) return name;
  const digest = createHash('sha1').update(name).digest('hex').slice(0, 16);
  return `${publicUrl}/images/uploads/${digest}.png`;
}

const isWebUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Returns whether a text is an address that Astria takes as a callback. It refuses unreplaced placeholders in braces. */
export const isCallback = (text: string): boolean => isWebUrl(text) && !/[{}]/.test(text);
