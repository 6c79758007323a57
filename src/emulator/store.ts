import type * as z from 'zod';
import type { Pack } from '../entities/pack/rest.ts';
import type { Prompt } from '../entities/prompt/rest.ts';
import type { Tune } from '../entities/tune/rest.ts';
import type { Clock } from './clock.ts';
import type { DirectUpload } from './direct-upload.ts';
import type { Params } from './params.ts';
import { Table } from './table.ts';
import type { Durations, Timeline } from './timeline.ts';
import type { Unknowns } from './unknowns.ts';

/** Photos and images are always addresses, as in all real bodies. */
export type TuneBody = Omit<z.input<typeof Tune>, 'orig_images'> & {
  orig_images?: string[] | null;
};
export type PromptBody = Omit<z.input<typeof Prompt>, 'images'> & {
  images?: (string | null)[] | null;
};
export type PackBody = z.input<typeof Pack>;

export interface WorkspaceBody {
  id: number;
  title: string;
  slug: string;
  favicon_url: string | null;
  brief: string | null;
  landing_page_html: string | null;
  url: string;
}

/**
 * A row holds what does not change by itself, under Astria's names. The rest is derived from its life when it is read. A field
 * in `fields` overrides the derived one.
 */
interface Row<Body> {
  id: number;
  /** Null is the personal scope. */
  workspaceId: number | null;
  life: Timeline;
  fields: Partial<Body>;
}

/** The parameters that it was made with, including those that Astria's answers leave out. */
interface Sent {
  sent: Params;
}

/** What was charged for it, in milli-cents: it is told later. */
interface Charged {
  costMc: number;
}

export type TuneRow = Row<TuneBody> & Sent & Charged;
export interface PromptRow extends Row<PromptBody>, Sent, Charged {
  isApi: boolean;
  /** The `user_error` once it is done. Null for a prompt that succeeds. */
  failure: string | null;
  /** Not in Astria's answers, but compared by its idempotency. */
  useLpw: boolean | null;
}
export type PackRow = Row<PackBody> & {
  /** In which of Astria's three shapes its costs are shown. */
  costShape: 'cost_mc_hash' | 'cost' | 'cost_mc';
};

/** Of a video that is looked at. */
export interface VideoInspectionRow {
  id: number;
  life: Timeline;
  video: string;
  /** Whom it is said to show. */
  names: readonly string[];
}

export interface Account {
  key: string;
  userId: number;
  email: string;
  name: string;
  balanceMc: number;
  /** An account setting of Astria's (docs/astria.md), off until switched on. */
  idempotent: boolean;
  tunes: Table<TuneRow>;
  prompts: Table<PromptRow>;
  packs: Table<PackRow>;
  workspaces: Table<WorkspaceBody>;
  likes: Set<number>;
  inspections: Map<number, VideoInspectionRow>;
  /** What happens later and makes new rows: done at the first request after its moment. */
  pending: { at: number; run: () => Promise<void> }[];
}

/** The next id of each kind. A new emulator always starts with the same numbers. */
export interface Counters {
  tune: number;
  prompt: number;
  pack: number;
  order: number;
  workspace: number;
  inspection: number;
  user: number;
}

export interface World {
  clock: Clock;
  durations: Durations;
  unknowns: Unknowns;
  /** The origin of all addresses in bodies. */
  publicUrl: string;
  accounts: Map<string, Account>;
  /** The account that owns what is public: foundation models, gallery tunes and packs. */
  gallery: Account;
  next: Counters;
  /** By signed id. */
  uploads: Map<string, DirectUpload>;
  notify(callback: Callback): void;
  /** Reports something unknown to the person who runs the emulator. */
  report(line: string): void;
  /** What was already reported. */
  noted: Set<string>;
}

/**
 * `body` is called when the callback is sent: by then the row may have changed. It returns null if the row is gone, and nothing
 * is sent.
 */
export interface Callback {
  url: string;
  at: number;
  body: () => unknown;
}

const FIRST_IDS: Counters = {
  tune: 5_300_000,
  prompt: 45_200_000,
  pack: 4_200,
  order: 37_500,
  workspace: 700,
  inspection: 3_100,
  user: 9_000,
};

export function createWorld(
  settings: Omit<World, 'accounts' | 'gallery' | 'next' | 'noted' | 'uploads'>,
): World {
  const next = { ...FIRST_IDS };
  const gallery = createAccount('gallery', 1, 0);
  const own = { accounts: new Map(), uploads: new Map(), noted: new Set<string>() };
  return { ...settings, ...own, gallery, next };
}

function createAccount(key: string, userId: number, balanceMc: number): Account {
  return {
    key,
    userId,
    email: `designer-${userId}@example.com`,
    name: 'Dana',
    balanceMc,
    idempotent: false,
    tunes: new Table(),
    prompts: new Table(),
    packs: new Table(),
    workspaces: new Table(),
    likes: new Set(),
    inspections: new Map(),
    pending: [],
  };
}

/** Returns the key's account. The first use of a key opens an empty one. */
export function accountOf(world: World, key: string): Account {
  const known = world.accounts.get(key);
  if (known) return known;
  const account = createAccount(key, world.next.user++, world.unknowns.openingBalanceMc);
  world.accounts.set(key, account);
  return account;
}

export async function catchUp(account: Account, now: number): Promise<void> {
  const due = account.pending.filter((task) => task.at <= now);
  if (due.length === 0) return;
  account.pending = account.pending.filter((task) => task.at > now);
  for (const task of due.sort((a, b) => a.at - b.at)) await task.run();
}

/** Records a change that the owner made. */
export function touch<Body extends object>(
  row: { life: Timeline; fields: Partial<Body> },
  changes: Partial<Body>,
  now: number,
): void {
  Object.assign(row.fields, changes);
  // A test may have set it.
  delete (row.fields as { updated_at?: string }).updated_at;
  row.life.touchedAt = now;
}

/** Finds a public tune or one of the account. Tunes of other accounts do not exist. */
export const findTune = (world: World, account: Account, id: number): TuneRow | undefined =>
  account.tunes.get(id) ?? world.gallery.tunes.get(id);

export const findPrompt = (world: World, account: Account, id: number): PromptRow | undefined =>
  account.prompts.get(id) ?? world.gallery.prompts.get(id);

export function findPack(world: World, account: Account, idOrSlug: string): PackRow | undefined {
  for (const { packs } of [account, world.gallery]) {
    const byId = packs.get(Number(idOrSlug));
    if (byId) return byId;
    for (const pack of packs.newest()) if (pack.fields.slug === idOrSlug) return pack;
  }
  return undefined;
}
