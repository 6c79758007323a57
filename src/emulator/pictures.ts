import { drawPicture, type Sketch } from './drawing/picture.ts';
import type { Reply } from './exchange.ts';
import { film } from './film.ts';
import { showPrompt } from './prompt.ts';
import type { PromptRow, World } from './store.ts';

/**
 * Serves the addresses in bodies: `/images/prompts/:id/:file`, `/images/uploads/…`, `/images/packs/…` and
 * `/images/checkpoints/…`. Pictures are drawn on request. As with Astria's storage, no key is needed.
 */
export function pictureAt(world: World, path: string): Reply {
  const [, , kind = '', name = '', file] = path.split('/');
  if (kind === 'prompts' && file) return promptFile(world, Number(name), file);
  if (kind === 'checkpoints' && /^\d+\.safetensors$/.test(name)) return weights();
  if (kind === 'packs' && /^(cover|logo)\.png$/.test(file ?? '')) {
    return picture({ name: path, text: packTitle(world, Number(name)) ?? '' });
  }
  if (kind === 'uploads' && name.endsWith('.png')) {
    return picture({ name, text: subjectOf(world, path), width: 480, height: 600 });
  }
  return missing();
}

/** Serves a file that the prompt lists now: nothing before it is done, and nothing after it is deleted. */
function promptFile(world: World, id: number, file: string): Reply {
  for (const account of new Set([...world.accounts.values(), world.gallery])) {
    const row = account.prompts.get(id);
    const shown = row && showPrompt(world, account, row);
    if (row && shown?.filenames?.includes(file)) {
      if (file.endsWith('.mp4')) return found('video/mp4', film);
      const text = shown.text || shown.video_prompt || '';
      return picture({ name: `${id}/${file}`, text, ...sizeOf(row.fields) });
    }
  }
  return missing();
}

const LONGEST_SIDE = 640;

/** Returns a size with the requested proportions. */
function sizeOf({ aspect_ratio, w, h }: PromptRow['fields']): Pick<Sketch, 'width' | 'height'> {
  const [across, down] = w && h ? [w, h] : sidesOf(aspect_ratio);
  const scale = LONGEST_SIDE / Math.max(across, down);
  return { width: Math.round(across * scale), height: Math.round(down * scale) };
}

/** `adaptive` gives no proportions, so the picture is square. */
function sidesOf(aspectRatio: string | null | undefined): [across: number, down: number] {
  const [, across = 1, down = 1] = /^(\d+):(\d+)$/.exec(aspectRatio ?? '') ?? [];
  return [Number(across), Number(down)];
}

/** Returns the name and title of the tune that was made of this photo. */
function subjectOf(world: World, path: string): string {
  const address = `${world.publicUrl}${path}`;
  for (const account of world.accounts.values()) {
    for (const { fields } of account.tunes.newest()) {
      if (fields.orig_images?.includes(address))
        return `${fields.name ?? ''} ${fields.title ?? ''}`;
    }
  }
  return '';
}

const packTitle = (world: World, id: number): string | null | undefined =>
  [...world.accounts.values(), world.gallery]
    .map(({ packs }) => packs.get(id)?.fields.title)
    .find((title) => title !== undefined);

const picture = (sketch: Sketch): Reply => found('image/png', drawPicture(sketch));

/** The smallest valid weights file: a header of eight bytes that announces `{}`, without tensors. */
function weights(): Reply {
  const header = Buffer.alloc(8);
  header.writeBigUInt64LE(2n);
  return found('application/octet-stream', Buffer.concat([header, Buffer.from('{}')]));
}

/** Content never changes under its address, so it is immutable. */
const found = (type: string, body: Uint8Array): Reply => ({
  status: 200,
  headers: {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
  },
  body,
});

const missing = (): Reply => ({
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'There is no such picture',
});
