/** The account that is rendered at the end: each wish, each change. */
import type { Try } from './intents.ts';
import { offendIn, type Report } from './report.ts';
import type { Rename, Stage } from './scenes.ts';
import { described, judge, type Made, madeIn, type Offend } from './verdict.ts';

export async function judgeAll(stage: Stage, emulatorUrl: string, report: Report) {
  const { intents, renames, parties } = stage;
  const offend = offendIn(report);
  const made = await madeIn(emulatorUrl, new Set(parties.map(({ account }) => account)));
  for (const intent of intents) judge(intent, made.get(intent.mark) ?? [], offend);
  for (const rename of renames) judgeRename(rename, made, offend);
  const tries = intents.flatMap((intent) => intent.tries);
  const last = (fate: string) => intents.filter(({ tries }) => tries.at(-1)?.fate === fate).length;
  const unfound = intents.filter(
    ({ key, mark, tries }) =>
      key && made.has(mark) && tries.at(-1)?.fate === 'unknown' && !tries.some(isDone),
  );
  for (const intent of unfound) offend('unfound', described(intent));
  report.paid = {
    wishes: intents.length,
    withKey: intents.filter(({ key }) => key !== undefined).length,
    tries: tries.length,
    made: intents.reduce((sum, { mark }) => sum + (made.get(mark)?.length ?? 0), 0),
    found: intents.filter(({ tries }) => tries.some(({ wasFound }) => wasFound)).length,
    unknown: last('unknown'),
    unfound: unfound.length,
  };
}

const isDone = ({ fate }: Try) => fate === 'done';

function judgeRename({ tuneId, possible, party }: Rename, made: Made, offend: Offend) {
  if (possible.some((title) => made.get(title)?.some(({ id }) => id === tuneId))) return;
  const [title] = [...made].find(([, rows]) => rows.some(({ id }) => id === tuneId)) ?? [];
  offend('lost', `tune ${tuneId} of ${party.name} is called ${title}: ${possible.join(' or ')}`);
}
