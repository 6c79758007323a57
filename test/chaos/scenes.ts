/** What clients do during the storm. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/emulator/random.ts';
import type { Emulator } from '../../src/emulator/serve.ts';
import { exampleOperations } from '../../src/http/example-operations.ts';
import type { Ask, Client, GraphError, Told } from './client.ts';
import { documentOf, type Intent, newIntent, type Try } from './intents.ts';
import type { Party } from './parties.ts';
import type { Tally } from './tally.ts';

export interface Stage {
  random: Random;
  client: Client;
  parties: readonly Party[];
  intents: Intent[];
  renames: Rename[];
  tally: Tally;
}

/** A tune of one client, and what may have become of its title. */
export interface Rename {
  party: Party;
  tuneId: number;
  /** The last that was surely done comes first. */
  possible: string[];
  isBusy: boolean;
}

const EXAMPLES = exampleOperations()
  .filter(({ query }) => /^query/m.test(query))
  .map(({ query, variables }) => ({ query, variables: JSON.parse(variables) as object }));

const READS = [
  ...EXAMPLES,
  ...[
    '{ tunes(first: 20) { nodes { title prompts(first: 5) { nodes { text status } } } } }',
    '{ prompts(first: 50) { nodes { text tune { title } references { tune { title baseTune { title } } } pack { title } } pageInfo { hasNextPage } } }',
    '{ workspace(id: 679) { tunes(first: 10) { nodes { title } } prompts(first: 10) { nodes { text } } } }',
  ].map((query) => ({ query })),
];

/** Refused by the gateway itself. */
const WRONG = [
  '{ tunes(first: 1000) { nodes { title } } }',
  '{ tune(id: "none of ours") { title } }',
  '{ nothing { at all } }',
  '{ broken',
  '{ tunes(first: 100) { nodes { prompts(first: 100) { nodes { text } } } } }',
];

export async function playScene(stage: Stage) {
  const { random } = stage;
  const dice = random.below(100);
  if (dice < 55) await readOnce(stage);
  else if (dice < 60)
    await perform(stage, { party: random.pick(stage.parties), query: random.pick(WRONG) });
  else if (dice < 68) await rename(stage);
  else await wish(stage);
}

async function readOnce(stage: Stage) {
  const { random, parties } = stage;
  await perform(stage, {
    party: random.pick(parties),
    ...random.pick(READS),
    ...leaving(random, 10),
  });
}

/** One in so many leaves before it can have been answered, or just as it is. */
const leaving = (random: Random, oneIn: number) =>
  random.below(oneIn) === 0 ? { leavesAfterMs: random.below(60) } : {};

async function wish(stage: Stage) {
  const { random, parties } = stage;
  const party = random.pick(parties);
  const intent = newIntent(random, party, stage.intents.length);
  stage.intents.push(intent);
  const copies = random.below(6) === 0 ? 2 : 1;
  await Promise.all(Array.from({ length: copies }, () => ask(stage, intent, true)));
  for (let again = 0; again < 3 && !isSettled(intent); again++) {
    await sleep(100 + random.below(600));
    await ask(stage, intent, true);
  }
  // Some have forgotten that they were answered.
  if (intent.key !== undefined && random.below(4) === 0) await ask(stage, intent, true);
}

/** Who has no key asks again only when nothing was done; most of those with one, until it is. */
function isSettled({ tries, key, party }: Intent) {
  if (tries.some(({ fate }) => fate === 'done') || !party.mayWrite) return true;
  return key === undefined && tries.some(({ fate }) => fate !== 'refused');
}

/** Asks for what is wanted, for the first time or again. */
export async function ask(stage: Stage, intent: Intent, mayLeave: boolean) {
  const { random } = stage;
  const { way, party } = intent;
  const told = await perform(stage, {
    party,
    query: documentOf(way),
    variables: { input: intent.input },
    fileBytes: way.isUpload ? 1000 + (intent.mark.length % 7) * 30_000 : undefined,
    ...(mayLeave && leaving(random, 8)),
  });
  const one = tryOf(told, way.field, way.makes);
  intent.tries.push({ ...one, endedAt: Date.now() });
}

function tryOf(told: Told | undefined, field: string, makes: string): Omit<Try, 'endedAt'> {
  if (told === undefined) return { fate: 'left' };
  const payload = told.data?.[field];
  if (payload) {
    const wasFound = Boolean(
      payload.warnings?.some(({ code }: { code: string }) => code === 'FOUND'),
    );
    return { fate: 'done', id: payload[makes]?.astriaId, wasFound };
  }
  const [first] = told.errors ?? [];
  const fate = isUnknown(told.errors) ? 'unknown' : 'refused';
  return { fate, code: first?.extensions?.code, message: first?.message };
}

const isUnknown = (errors: readonly GraphError[] = []) =>
  errors.some(({ extensions }) => extensions?.outcome === 'UNKNOWN');

const RENAME =
  'mutation ($input: UpdateTuneInput!) { updateTune(input: $input) { tune { title } } }';

/** A write that costs nothing: nobody looks for it, so it must be told as it is. */
async function rename(stage: Stage) {
  const { random, renames } = stage;
  const one = random.pick(renames);
  if (one.isBusy) return;
  one.isBusy = true;
  const title = `title ${random.below(1e9)} of ${one.party.name}`;
  const variables = { input: { id: one.tuneId, title } };
  const told = await perform(stage, {
    party: one.party,
    query: RENAME,
    variables,
    ...leaving(random, 8),
  });
  const { fate } = tryOf(told, 'updateTune', 'tune');
  if (fate === 'done') one.possible = [title];
  else if (fate !== 'refused') one.possible.push(title);
  one.isBusy = false;
}

/** Undefined for who has left, or was not answered. */
export async function perform({ client, tally }: Stage, asked: Ask): Promise<Told | undefined> {
  const begun = performance.now();
  try {
    const told = await client.send(asked);
    tally.told(asked, told, performance.now() - begun);
    return told;
  } catch (error) {
    tally.unanswered(asked, error);
    return undefined;
  }
}

const RENAMED_EACH = 6;

/** Tunes of those who may write, in the place that each of them sees. */
export const renamesOf = (emulator: Emulator, parties: readonly Party[]): Rename[] =>
  parties
    .filter(({ mayWrite }) => mayWrite)
    .flatMap((party) =>
      Array.from({ length: RENAMED_EACH }, (_, number) => {
        const title = `first title ${number} of ${party.name}`;
        const workspace_id = Number(party.headers['x-workspace-id']) || null;
        const { id } = emulator.account(party.account).addTune({ title, workspace_id });
        return { party, tuneId: id, possible: [title], isBusy: false };
      }),
    );
