/** After the storm: the gateway has to be as good as new, and to tell what became of what was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, perform, type Stage } from './scenes.ts';
import { described, type Offend } from './verdict.ts';

/** The longest that the breaker stays open, and the call that closes it. */
const LONGEST_MS = 65_000;
const CALM_READ = '{ tunes(first: 3) { nodes { title } } workspaces { title } }';
const CALM_READS = 30;
const AT_ONCE = 16;

/** Answers how long it took until all was well. */
export async function recover(stage: Stage, url: string, offend: Offend): Promise<number> {
  const begun = performance.now();
  const isWell = async () => !(await readAs(stage, 0))?.errors;
  while (!(await isWell())) {
    if (performance.now() - begun > LONGEST_MS) {
      offend('not well afterwards', `it still fails after ${LONGEST_MS / 1000} s of calm`);
      break;
    }
    await sleep(250);
  }
  const recoveredMs = Math.round(performance.now() - begun);
  for (let read = 0; read < CALM_READS; read++) {
    const told = await readAs(stage, read);
    if (!told || told.errors) offend('not well afterwards', JSON.stringify(told));
  }
  const ready = await fetch(new URL('/readyz', url));
  const text = await ready.text();
  const areWell = /"upstream":"reachable".*"ledger":"writable/.test(text);
  if (ready.status !== 200 || !areWell) offend('not well afterwards', `/readyz: ${text}`);
  return recoveredMs;
}

const readAs = (stage: Stage, number: number) =>
  perform(stage, {
    party: stage.parties[number % stage.parties.length] as Stage['parties'][number],
    query: CALM_READ,
  });

/** Who has a key and no object asks once more, and is refused no more. */
export async function askAgain(stage: Stage, offend: Offend) {
  const open = stage.intents.filter(
    ({ key, party, tries }) =>
      key !== undefined && party.mayWrite && tries.every(({ fate }) => fate !== 'done'),
  );
  const work = async () => {
    for (let intent = open.pop(); intent; intent = open.pop()) {
      await ask(stage, intent, false);
      if (intent.tries.at(-1)?.fate === 'refused') offend('not well afterwards', described(intent));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
