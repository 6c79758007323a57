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

/** Of photos and images it tells addresses alone, as every real body does. */
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
 * A row is what does not change by itself, under Astria's own names; the rest is derived from its life when it is read.
 * A field that stands in `fields` wins over the derived one.
 */
interface Row<Body> {
  id: number;
  /** Null is the personal scope. */
  workspaceId: number | null;
  life: Timeline;
  fields: Partial<Body>;
}

/** Every parameter it was made with, those too that Astria's answers do not tell. */
interface Sent {
  sent: Params;
}

export type TuneRow = Row<TuneBody> & Sent;
export interface PromptRow extends Row<PromptBody>, Sent {
  isApi: boolean;
  /** What `user_error` will say once it is done; null for a prompt that succeeds. */
  failure: string | null;
  /** Not in Astria's answers, but compared by idempotency. */
  useLpw: boolean | null;
}
export type PackRow = Row<PackBody> & {
  /** Which of Astria's three shapes its costs are told in. */
  costShape: 'cost_mc_hash' | 'cost' | 'cost_mc';
};

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
  /** What happens later and makes new rows: done at the first request after its moment. */
  pending: { at: number; run: () => Promise<void> }[];
}

/** The next id of each kind; a fresh emulator counts from the same numbers every time. */
export interface Counters {
  tune: number;
  prompt: number;
  pack: number;
  order: number;
  workspace: number;
  user: number;
}

export interface World {
  clock: Clock;
  durations: Durations;
  unknowns: Unknowns;
  /** Of every URL in a body. */
  publicUrl: string;
  accounts: Map<string, Account>;
  /** Owns what is public: foundation models, gallery tunes and packs. */
  gallery: Account;
  next: Counters;
  /** By their signed ids. */
  uploads: Map<string, DirectUpload>;
  notify(callback: Callback): void;
  /** Told what the emulator does not know, for whoever runs it. */
  report(line: string): void;
  /** What it was told already. */
  noted: Set<string>;
}

/** `body` is asked for at its moment: by then the row may have changed, or be gone, and null is sent to nobody. */
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
    pending: [],
  };
}

/** Every key has an account: it is opened, empty, by its first use. */
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

/** A change made by its owner. */
export function touch<Body extends object>(
  row: { life: Timeline; fields: Partial<Body> },
  changes: Partial<Body>,
  now: number,
): void {
  Object.assign(row.fields, changes);
  // Should a test have set one.
  delete (row.fields as { updated_at?: string }).updated_at;
  row.life.touchedAt = now;
}

/** What is public is there for everybody; what is another account's does not exist. */
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
