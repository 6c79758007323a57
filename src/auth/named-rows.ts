/** The rows that a write names: in its path, its body, and the texts in it. */
import { StreamedFile } from '../upstream/transport/multipart.ts';

export type Kind = 'Tune' | 'Prompt' | 'Pack' | 'Order';

export interface NamedRow {
  kind: Kind;
  /** A pack may be named by its slug. */
  id: number | string;
}

interface Named {
  path: string;
  params?: Record<string, string | number>;
  body?: object;
}

const PATHS: Record<string, Kind> = { tunes: 'Tune', prompts: 'Prompt', p: 'Pack' };
const FIELDS: Record<string, Kind> = {
  tune_id: 'Tune',
  base_tune_id: 'Tune',
  tune_ids: 'Tune',
  orig_prompt_id: 'Prompt',
  prompt_ids: 'Prompt',
  pack_id: 'Pack',
  base_pack_id: 'Pack',
  order_id: 'Order',
};
/** Where tunes may be named by tokens. */
const TEXTS = ['text', 'negative_prompt', 'video_prompt'];
/** Anybody's own, whatever is in it. */
const FREE_OBJECT = 'characteristics';
/** `<lora:123:1>` in a text is a tune too; so may be `< LORA : 0123 >`, since how Astria reads them is not known. */
const TOKEN = /<\s*[a-z][\w-]*\s*:\s*0*([1-9]\d{0,14})\s*[:>]/gi;

export function rowsNamedBy({ path, params = {}, body }: Named): NamedRow[] {
  const kind = PATHS[path.split('/')[1] ?? ''];
  const inPath = kind ? Object.values(params).map((id) => ({ kind, id })) : [];
  return [...inPath, ...rowsIn(body)];
}

function rowsIn(value: unknown, field = ''): NamedRow[] {
  const kind = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  if (kind && typeof value === 'number') return [{ kind, id: value }];
  if (typeof value === 'string') {
    if (!TEXTS.includes(field)) return [];
    return [...value.matchAll(TOKEN)].map(([, id]) => ({ kind: 'Tune', id: Number(id) }));
  }
  if (typeof value !== 'object' || value === null || value instanceof StreamedFile) return [];
  if (field === FREE_OBJECT) return [];
  return Array.isArray(value)
    ? value.flatMap((item) => rowsIn(item, field))
    : Object.entries(value).flatMap(([name, item]) => rowsIn(item, name));
}
