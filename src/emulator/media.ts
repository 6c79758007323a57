import { createHash } from 'node:crypto';
import { FieldErrors, invalid } from './answers.ts';
import { listOf, type Param, type Params } from './params.ts';
import type { World } from './store.ts';

/** First bytes, in hexadecimal, of JPEG, PNG, GIF and WebP. */
const SIGNATURES = [/^ffd8ff/, /^89504e470d0a1a0a/, /^47494638/, /^52494646.{8}57454250/];

/** The `_url` form of a media field has its suffix inside the bracket, and plurals take it differently. */
const URL_FORMS: Record<string, string> = {
  images: 'image_urls',
  image_references: 'image_reference_urls',
};

/**
 * The pictures of a field, in their file form and their `_url` form, as the addresses that Astria stores them under. A
 * URL is believed, never fetched: only a host under `.invalid` counts as a failed download.
 */
export async function takePictures(world: World, params: Params, field: string): Promise<string[]> {
  const files = listOf(params, field);
  const pictures = await Promise.all(files.map(isPicture));
  if (pictures.includes(false)) {
    const errors = new FieldErrors();
    errors.add(field, 'must be an image');
    errors.throwIfAny();
  }
  return [...files.map(nameOf), ...urlsOf(params, field)].map((name) => storedAt(world, name));
}

/** Sound and film are not looked into. */
export function takeMedia(world: World, params: Params, field: string): string[] {
  const names = [...listOf(params, field).map(nameOf), ...urlsOf(params, field)];
  return names.map((name) => storedAt(world, name));
}

function urlsOf(params: Params, field: string): string[] {
  const urls = listOf(params, URL_FORMS[field] ?? `${field}_url`).map(String);
  for (const url of urls) {
    if (!isWebUrl(url) || new URL(url).hostname.endsWith('.invalid')) {
      throw invalid({ message: `could not download ${url}` });
    }
  }
  return urls;
}

async function isPicture(value: Param): Promise<boolean> {
  if (!(value instanceof File)) return false;
  const start = Buffer.from(await value.slice(0, 12).arrayBuffer()).toString('hex');
  return SIGNATURES.some((signature) => signature.test(start));
}

const nameOf = (value: Param): string =>
  value instanceof File ? `${value.name}:${value.size}` : String(value);

function storedAt({ publicUrl }: World, name: string): string {
  if (name.startsWith(`${publicUrl}/images/`)) return name;
  const digest = createHash('sha1').update(name).digest('hex').slice(0, 16);
  return `${publicUrl}/images/uploads/${digest}.png`;
}

export const isWebUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
