/** What there is at Astria afterwards, held against what each client was told. */
import { request } from 'undici';
import type { Intent, Try } from './intents.ts';

export const OFFENCES = [
  'crash',
  'leak',
  'unanswered',
  'foreign code',
  'duplicate',
  'lost',
  'invented',
  'unfound',
  'overspent',
  'lost state',
  'repeated state',
  'not well afterwards',
] as const;
export type Offence = (typeof OFFENCES)[number];
export type Offend = (offence: Offence, detail: string) => void;

/** What exists, by what it was to be known by. */
export type Made = Map<string, Row[]>;

const PAGE = 120;

interface Row {
  id: number;
  created_at: string;
  title?: string;
  text?: string;
}

/** All rows of an account, in all workspaces. */
async function rowsOf(emulatorUrl: string, account: string, path: 'tunes' | 'prompts') {
  const headers = { authorization: `Bearer ${account}`, 'x-workspace-id': 'all' };
  const rows: Row[] = [];
  for (let before = ''; ; ) {
    const { body } = await request(`${emulatorUrl}/${path}?limit=${PAGE}${before}`, { headers });
    const page = (await body.json()) as Row[];
    if (page.length === 0) return rows;
    rows.push(...page);
    before = `&before_id=${page.at(-1)?.id}`;
  }
}

export async function madeIn(emulatorUrl: string, accounts: Iterable<string>): Promise<Made> {
  const made: Made = new Map();
  for (const account of accounts) {
    const tunes = await rowsOf(emulatorUrl, account, 'tunes');
    const prompts = await rowsOf(emulatorUrl, account, 'prompts');
    for (const row of [...tunes, ...prompts]) {
      const mark = row.title ?? row.text ?? '';
      made.set(mark, [...(made.get(mark) ?? []), row]);
    }
  }
  return made;
}

export function judge(intent: Intent, rows: readonly Row[], offend: Offend) {
  const { tries, key } = intent;
  const done = tries.filter(({ fate }) => fate === 'done');
  const about = `${rows.length} of ${described(intent)}`;
  const isKeyed = key !== undefined;
  if (rows.length > (isKeyed ? 1 : tries.length)) offend('duplicate', about);
  else if (isKeyed && new Set(done.map(({ id }) => id)).size > 1) {
    offend('duplicate', `two answers under one key: ${about}`);
  } else if (isKeyed ? wasDenied(tries, rows) : isOfDenied(tries, rows)) {
    offend('lost', `its client was told that nothing was done: ${about}`);
  }
  const isMissing = done.some(({ id }) => !rows.some((row) => row.id === id));
  if (isMissing || (!isKeyed && isShared(intent, done))) offend('invented', about);
}

const isOfDenied = (tries: readonly Try[], rows: readonly Row[]) =>
  rows.length > tries.filter(({ fate }) => fate !== 'refused').length;

/** Two were told of the same object, where each should have one. With idempotency on in the account, Astria itself makes one. */
const isShared = ({ party }: Intent, done: readonly Try[]) =>
  !party.isIdempotent && new Set(done.map(({ id }) => id)).size < done.length;

/** A refusal makes the key free, and what comes after it may be done: but what it speaks of must not be there, nor come to be. */
const wasDenied = (tries: readonly Try[], rows: readonly Row[]) =>
  rows.some(({ created_at }) =>
    tries.some(
      ({ fate, endedAt }, index) =>
        fate === 'refused' &&
        (endedAt > Date.parse(created_at) ||
          tries.slice(index + 1).every(({ fate }) => fate === 'refused')),
    ),
  );

export const described = ({ mark, way, key, tries }: Intent) =>
  `${mark} (${way.field}${way.isUpload ? ' with files' : ''}, ${key ? 'with' : 'without'} a key): ` +
  tries
    .map(({ fate, code, id, message }) => [fate, code, id, message].filter(Boolean).join(' '))
    .join(', ');
