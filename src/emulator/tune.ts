import type { Account, TuneBody, TuneRow, World } from './store.ts';
import { DAY, isoOf, MINUTE, phaseAt, SECOND, type Timeline, timesAt } from './timeline.ts';

export const FLUX = 1504944;
export const SDXL = 666678;
export const REALISTIC_VISION = 690204;
export const GEMINI = 3618064;
export const SEEDREAM = 3691308;
export const GPT_IMAGE = 4665564;

const BASE_BY_BRANCH: ReadonlyMap<string, number> = new Map([
  ['flux1', FLUX],
  ['sdxl1', SDXL],
  ['sd15', REALISTIC_VISION],
  ['fast', REALISTIC_VISION],
]);

/** Returns whether a tune is an instant reference: it needs no training and has no subject token. */
export const isInstant = (tune: Partial<TuneBody>): boolean =>
  tune.model_type === 'faceid' || tune.base_tune_id === GEMINI;

/** Returns whether a tune is no model of its own, so that its token goes into the text of a prompt on its base model. */
const isReference = (tune: Partial<TuneBody>): boolean =>
  tune.model_type === 'lora' || tune.model_type === 'pti' || isInstant(tune);

export const isPublic = (world: World, tune: TuneRow): boolean =>
  world.gallery.tunes.get(tune.id) === tune;

export function baseModelOf(tune: TuneRow): number {
  if (!isReference(tune.fields)) return tune.id;
  return tune.fields.base_tune_id ?? BASE_BY_BRANCH.get(tune.fields.branch ?? '') ?? FLUX;
}

/** Returns the token that names a tune in a text: `<lora:1858416:1.0>`. */
export const tokenOf = (tune: TuneRow): string =>
  `<${isInstant(tune.fields) ? 'faceid' : 'lora'}:${tune.id}:1.0>`;

export function showTune(world: World, row: TuneRow): TuneBody {
  const now = world.clock.now();
  const times = timesAt(row.life, now);
  const trained = phaseAt(row.life, now) === 'done';
  const checkpoint = trained && !isInstant(row.fields) ? [checkpointOf(world, row)] : [];
  return {
    id: row.id,
    ...times,
    eta: isoOf(etaOf(row)),
    expires_at: trained ? isoOf(expiryOf(row, now)) : null,
    ckpt_url: checkpoint[0] ?? null,
    ckpt_urls: checkpoint,
    url: `${world.publicUrl}/tunes/${row.id}.json`,
    orig_images: [],
    ...toldCost(row, trained),
    ...(world.unknowns.tellsEveryParameter && row.sent),
    ...(world.unknowns.tunesTellTheirWorkspace && { workspace_id: row.workspaceId }),
    ...row.fields,
  };
}

const checkpointOf = (world: World, row: TuneRow): string =>
  `${world.publicUrl}/images/checkpoints/${row.id}.safetensors`;

/** The `eta` is estimated once, with some reserve: a LoRA that took 27 minutes had been announced with 34. */
function etaOf({ life, fields }: TuneRow): number {
  if (isInstant(fields)) return life.createdAt + 2 * MINUTE + 25 * SECOND;
  const end = Number.isFinite(life.doneAt) ? life.doneAt : life.createdAt + 27 * MINUTE;
  return Math.round(life.createdAt + (end - life.createdAt) * 1.25);
}

/** Thirty days after training. `auto_extend` adds another thirty whenever they are over. */
function expiryOf({ life, fields }: TuneRow, now: number): number {
  const month = 30 * DAY;
  const extensions = fields.auto_extend ? Math.floor(Math.max(now - life.doneAt, 0) / month) : 0;
  return life.doneAt + month * (1 + extensions);
}

export const isExpired = (world: World, row: TuneRow, now: number): boolean =>
  !isPublic(world, row) && (Date.parse(row.fields.expires_at ?? '') || expiryOf(row, now)) <= now;

export function tuneLife(world: World, fields: Partial<TuneBody>): Timeline {
  const { tuneQueueMs, tuneRunMs, fastTuneRunMs } = world.durations;
  const createdAt = world.clock.now();
  // An instant reference can be trained a moment before it was created, as in real bodies.
  const birth = createdAt - 595;
  if (isInstant(fields)) return { createdAt, startsAt: birth, doneAt: birth, touchedAt: createdAt };
  const startsAt = createdAt + tuneQueueMs;
  const doneAt = startsAt + (fields.branch === 'fast' ? fastTuneRunMs : tuneRunMs);
  return { createdAt, startsAt, doneAt, touchedAt: createdAt };
}

/** `branch=fast` is a mock, and free. The other prices are plausible, not Astria's. */
export function tuneCostMc({ unknowns }: World, fields: Partial<TuneBody>): number {
  if (fields.branch === 'fast') return 0;
  return Math.round((isInstant(fields) ? 10_000 : 150_000) * unknowns.priceFactor);
}

/** Only of what is trained, and never of an instant reference: no real row of one has a price. */
const toldCost = ({ fields, costMc }: TuneRow, isTrained: boolean) =>
  isTrained && !isInstant(fields) ? { cost_mc: costMc } : {};

const CALLBACK_FIELDS = [
  'id',
  'title',
  'name',
  'steps',
  'trained_at',
  'started_training_at',
  'created_at',
  'updated_at',
  'expires_at',
] as const satisfies (keyof TuneBody)[];

export function announceTune(world: World, account: Account, row: TuneRow): void {
  if (!row.fields.callback) return;
  const body = () => {
    if (!account.tunes.get(row.id)) return null;
    const shown = showTune(world, row);
    return { tune: Object.fromEntries(CALLBACK_FIELDS.map((name) => [name, shown[name] ?? null])) };
  };
  world.notify({ url: row.fields.callback, at: row.life.doneAt, body });
}
