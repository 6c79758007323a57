/** Who owns what in the attempt to leak, and what each of them has been told of it so far. */
import type { Emulator } from '../../src/emulator/serve.ts';

export const HOMES = ['personal', '679', '683'] as const;
/** Where a row is. */
export type Home = (typeof HOMES)[number];
/** Where a request looks. */
export type Place = Home | 'all';
export const PLACES: readonly Place[] = [...HOMES, 'all'];

/** What stands in every text of every row, so that whatever gets astray tells whose it was. */
export const MARK = /(sd_k\d+)@(\w+)/g;
export const KEY = /sd_k\d+/g;
const markOf = (key: string, home: Home) => `${key}@${home}`;

export interface Tune {
  id: number;
  home: Home;
  /** The number in its newest title that was sent. */
  newest: number;
  /** The newest that its owner was told of: no later read may be older. */
  told: number;
  /** Those whose answer never came: each may arrive at Astria at any time, or never. */
  open: Set<number>;
  /** Only one change at a time, so that there is an order to hold the reads to. */
  isBusy: boolean;
}

export interface Prompt {
  id: number;
  home: Home;
  tuneId: number;
  word: string;
  /** `there` once its owner has been told so; `leaving` from the moment it may be deleted. */
  state: 'there' | 'leaving' | 'gone';
}

export interface Owner {
  key: string;
  userId: number;
  tunes: Map<number, Tune>;
  prompts: Map<number, Prompt>;
  /** How many prompts it asked for; those whose answer never came may exist too. */
  made: number;
}

export const WORDS = ['red', 'green', 'blue'] as const;
const firstIdIn = (home: Home) => 10 + 10 * HOMES.indexOf(home);
export const tuneIdsIn = (home: Home) => [firstIdIn(home) + 1, firstIdIn(home) + 2];
export const promptIdsIn = (home: Home) => WORDS.map((_, index) => 1000 + firstIdIn(home) + index);
export const packIdIn = (home: Home) => 100 + firstIdIn(home);

export const titleOf = ({ key }: Owner, { id, home }: Tune, version: number) =>
  `tune ${id} v${version} of ${markOf(key, home)}`;
export const textOf = ({ key }: Owner, home: Home, name: string) =>
  `prompt ${name} of ${markOf(key, home)}`;

const workspaceOf = (home: Home) => (home === 'personal' ? null : Number(home));

/** The rows of one key: the ids are the same for all keys, so that only the key tells their requests apart. */
export function seedOwner(emulator: Emulator, number: number): Owner {
  const key = `sd_k${number}`;
  const { userId } = emulator.account(key);
  const owner: Owner = { key, userId, tunes: new Map(), prompts: new Map(), made: 0 };
  for (const home of HOMES) {
    seedWorkspace(emulator, owner, home);
    seedTunes(emulator, owner, home);
    seedPrompts(emulator, owner, home);
  }
  return owner;
}

function seedWorkspace(emulator: Emulator, { key }: Owner, home: Home) {
  const account = emulator.account(key);
  const mark = markOf(key, home);
  const workspace_id = workspaceOf(home);
  account.addPack({
    id: packIdIn(home),
    title: `pack of ${mark}`,
    subtitle: mark,
    slug: mark,
    workspace_id,
  });
  if (workspace_id === null) return;
  account.addWorkspace({ id: workspace_id, title: `workspace of ${mark}`, brief: mark });
}

function seedTunes(emulator: Emulator, owner: Owner, home: Home) {
  const mark = markOf(owner.key, home);
  for (const id of tuneIdsIn(home)) {
    const tune: Tune = { id, home, newest: 0, told: 0, open: new Set(), isBusy: false };
    owner.tunes.set(id, tune);
    emulator.account(owner.key).addTune({
      id,
      title: titleOf(owner, tune, 0),
      name: mark,
      token: mark,
      characteristics: { owner: mark },
      orig_images: [`https://photos.example/${mark}/${id}.jpg`],
      workspace_id: workspaceOf(home),
    });
  }
}

function seedPrompts(emulator: Emulator, owner: Owner, home: Home) {
  const mark = markOf(owner.key, home);
  const [tuneId = 0] = tuneIdsIn(home);
  for (const [index, id] of promptIdsIn(home).entries()) {
    const word = WORDS[index] as string;
    owner.prompts.set(id, { id, home, tuneId, word, state: 'there' });
    emulator.account(owner.key).addPrompt({
      id,
      tune_id: tuneId,
      text: textOf(owner, home, word),
      negative_prompt: mark,
      images: [`https://pictures.example/${mark}/${id}.png`],
      workspace_id: workspaceOf(home),
    });
  }
}

/** What an owner has been told when a request begins: its answer must not know less. */
export interface Told {
  versions: Map<number, number>;
  there: Set<number>;
  gone: Set<number>;
}

export function toldTo({ tunes, prompts }: Owner): Told {
  const told: Told = { versions: new Map(), there: new Set(), gone: new Set() };
  for (const { id, told: version } of tunes.values()) told.versions.set(id, version);
  for (const { id, state } of prompts.values()) {
    if (state === 'there') told.there.add(id);
    if (state === 'gone') told.gone.add(id);
  }
  return told;
}

export const isSeen = (home: Home, place: Place) => place === 'all' || place === home;
