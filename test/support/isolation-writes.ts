/** Changes, and what their owner is told by them: the reads that follow are held to it. */
import type { Random } from '../../src/emulator/random.ts';
import type { Data, Offend } from './isolation-check.ts';
import type { Operation } from './isolation-client.ts';
import {
  HOMES,
  type Home,
  type Owner,
  PLACES,
  type Place,
  type Prompt,
  type Tune,
  textOf,
  titleOf,
  toldTo,
  tuneIdsIn,
} from './isolation-owners.ts';
import { drop, make, rename } from './isolation-questions.ts';

/** Sends an operation and checks its answer; answers `data`, where there is any. */
export type Perform = (
  operation: Operation,
  told?: ReturnType<typeof toldTo>,
) => Promise<Data | undefined>;

/** Enough to make lists differ, and few enough for one page. */
const MOST_PROMPTS = 12;

/** From the row's own place, or from another by naming it. `all` is a place to look in, not to make something in. */
function from(random: Random, home: Home): { place: Place; named: { workspaceId?: Home } } {
  if (home === 'personal') return { place: home, named: {} };
  const place = random.pick(PLACES);
  return { place, named: place === home ? {} : { workspaceId: home } };
}

export interface Writing {
  owner: Owner;
  random: Random;
  perform: Perform;
  offend: Offend;
}

/** What is about to happen, and to what: it is taken, so that nobody else changes it. */
export interface Change {
  home: Home;
  tuneId: number;
  make(): Promise<void>;
}

/** Undefined where everything is in somebody's hands. */
export function anyChange(writing: Writing): Change | undefined {
  const { random } = writing;
  const kind = random.below(8);
  if (kind < 5) return renaming(writing);
  return (kind < 7 ? making(writing, 1 + random.below(2)) : dropping(writing)) ?? renaming(writing);
}

function renaming(writing: Writing): Change | undefined {
  const idle = [...writing.owner.tunes.values()].filter(({ isBusy }) => !isBusy);
  if (idle.length === 0) return undefined;
  const tune = writing.random.pick(idle);
  tune.isBusy = true;
  return { home: tune.home, tuneId: tune.id, make: () => renameTune(writing, tune) };
}

async function renameTune({ owner, random, perform, offend }: Writing, tune: Tune) {
  const { place, named } = from(random, tune.home);
  tune.newest += 1;
  const version = tune.newest;
  const title = titleOf(owner, tune, version);
  // Its own answer is the first to know.
  const told = toldTo(owner);
  told.versions.set(tune.id, version);
  // Until told otherwise it may be anywhere.
  tune.open.add(version);
  const question = rename({ id: tune.id, title, ...named });
  const data = await perform({ owner, place, question, ...leaving(random) }, told);
  tune.isBusy = false;
  const renamed = data?.updateTune?.tune;
  if (!renamed) return;
  if (renamed.title !== title) offend('other', `${renamed.title} is the answer to ${title}`);
  tune.open.delete(version);
  tune.told = version;
}

/** The same twice at once is two prompts, and not one answer for both. */
function making({ owner, random, perform, offend }: Writing, copies: number): Change | undefined {
  if (owner.made + copies > MOST_PROMPTS) return undefined;
  const home = random.pick(HOMES);
  const { place, named } = from(random, home);
  const text = textOf(owner, home, `new-${owner.made}`);
  const tuneId = random.pick(tuneIdsIn(home));
  owner.made += copies;
  const makeOne = async () => {
    const question = make({ tuneId, text, ...named });
    const data = await perform({ owner, place, question, ...leaving(random) });
    const id: number | undefined = data?.createPrompt?.prompt?.astriaId;
    if (id === undefined) return;
    if (owner.prompts.has(id)) offend('other', `prompt ${id} is the answer to two mutations`);
    owner.prompts.set(id, { id, home, tuneId, word: 'new', state: 'there' });
  };
  const makeAll = async () => void (await Promise.all(Array.from({ length: copies }, makeOne)));
  return { home, tuneId, make: makeAll };
}

function dropping({ owner, random, perform }: Writing): Change | undefined {
  const ours = [...owner.prompts.values()].filter(isDroppable);
  if (ours.length === 0) return undefined;
  const prompt = random.pick(ours);
  const { id, home, tuneId } = prompt;
  const { place, named } = from(random, home);
  prompt.state = 'leaving';
  const make = async () => {
    const question = drop({ id, ...named });
    const data = await perform({ owner, place, question, ...leaving(random) });
    if (data?.deletePrompt) prompt.state = 'gone';
  };
  return { home, tuneId, make };
}

const isDroppable = ({ word, state }: Prompt) => word === 'new' && state === 'there';

/** One in eight goes before the answer can have come, or just as it comes. */
const leaving = (random: Random) =>
  random.below(8) === 0 ? { leavesAfterMs: random.below(15) } : {};
