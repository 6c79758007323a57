/** When all is quiet, the gateway tells what Astria itself tells: nothing old has stayed in it. */
import type { Emulator } from '../../src/emulator/serve.ts';
import type { Offend } from './isolation-check.ts';
import type { Owner } from './isolation-owners.ts';
import { allPrompts, allTunes, type Row } from './isolation-questions.ts';
import type { Perform } from './isolation-writes.ts';

interface End {
  emulator: Emulator;
  owners: readonly Owner[];
  perform: Perform;
  offend: Offend;
}

const AT_A_TIME = 16;

export async function compareWithAstria(end: End) {
  const left = [...end.owners];
  const compare = async () => {
    for (let owner = left.pop(); owner; owner = left.pop()) await compareOne(end, owner);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, compare));
}

async function compareOne({ emulator, perform, offend }: End, owner: Owner) {
  const ask = (question: ReturnType<typeof allTunes>) => perform({ owner, place: 'all', question });
  const [tunes, prompts] = await Promise.all([ask(allTunes()), ask(allPrompts())]);
  const astria = {
    tunes: (await told(emulator, owner, 'tunes')).map(({ id, title }) => [id, title]),
    prompts: (await told(emulator, owner, 'prompts')).map(({ id, text }) => [id, text]),
  };
  const gateway = {
    tunes: tunes?.tunes?.nodes.map(({ astriaId, title }: Row) => [astriaId, title]),
    prompts: prompts?.prompts?.nodes.map(({ astriaId, text }: Row) => [astriaId, text]),
  };
  for (const kind of ['tunes', 'prompts'] as const) {
    const [is, should] = [gateway[kind], astria[kind]].map((rows) => JSON.stringify(rows));
    if (is !== should) offend('stale', `in the end ${owner.key} is told ${is}, and not ${should}`);
  }
  const made = astria.prompts.filter(([, text]) => String(text).startsWith('prompt new-')).length;
  if (made > owner.made) offend('other', `${owner.key} made ${owner.made} prompts and has ${made}`);
}

/** Past the gateway. */
async function told({ url }: Emulator, { key }: Owner, kind: 'tunes' | 'prompts') {
  const response = await fetch(`${url}/${kind}?limit=120`, {
    headers: { authorization: `Bearer ${key}`, 'x-workspace-id': 'all' },
  });
  return (await response.json()) as { id: number; title?: string; text?: string }[];
}
