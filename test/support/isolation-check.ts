/** What is wrong with an answer, if anything: whose bytes are in it, how old it is, and what it lacks. */
import { type Answer, type Operation, typeFor } from './isolation-client.ts';
import {
  HOMES,
  type Home,
  isSeen,
  KEY,
  MARK,
  type Owner,
  type Place,
  type Prompt,
  packIdIn,
  type Told,
} from './isolation-owners.ts';
import type { Found, Row } from './isolation-questions.ts';

export const OFFENCES = [
  /** Bytes of another key's. */
  'stranger',
  /** Bytes of another workspace of the same key's. */
  'place',
  /** Older than what the caller had been told before it asked. */
  'stale',
  'incomplete',
  /** Of another operation: other rows, or more of them, than it asked for. */
  'other',
  'error',
  'type',
  'unanswered',
] as const;
export type Offence = (typeof OFFENCES)[number];

export type Offend = (offence: Offence, detail: string) => void;

export interface Asked {
  operation: Operation;
  /** At its beginning. */
  told: Told;
  /** Whether faults can have met it. */
  isRough: boolean;
}

/** The codes by which Astria's failures are told. There is no other reason for an error here. */
const CODES = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_CONTRACT', 'RATE_LIMITED'];

// biome-ignore lint/suspicious/noExplicitAny: the shape is the document's.
export type Data = any;
type Body = { data?: Data; errors?: { message: string; extensions?: { code?: string } }[] };

/** Answers the body, for whoever goes on with it. */
export function check(asked: Asked, answer: Answer, offend: Offend): Body {
  const { operation } = asked;
  checkBytes(operation, answer, offend);
  if (answer.type.split(';')[0] !== typeFor(operation)) offend('type', answer.type);
  const body = parsed(answer.text);
  if (!body) {
    offend('unanswered', answer.text);
    return {};
  }
  const { data, errors } = body;
  if (operation.isAnonymous) {
    if (errors?.[0]?.extensions?.code !== 'UNAUTHENTICATED') offend('stranger', answer.text);
    return {};
  }
  for (const { message, extensions } of errors ?? []) {
    const isKnown = CODES.includes(extensions?.code ?? '');
    if (!isKnown || !asked.isRough) offend('error', `${extensions?.code} ${message}`);
  }
  if (!errors && (answer.status !== 200 || !data)) offend('unanswered', `status ${answer.status}`);
  if (!data) return body;
  for (const found of operation.question.found(data)) checkFound(asked, found, { errors, offend });
  return body;
}

function parsed(text: string): Body | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Wherever they stand: in a field, an error, a header. */
function checkBytes(operation: Operation, answer: Answer, offend: Offend) {
  const { owner, place, question, isAnonymous } = operation;
  for (const part of [answer.text, answer.headers]) {
    for (const [key] of part.matchAll(KEY))
      if (isAnonymous || key !== owner.key) offend('stranger', key);
    if (place === 'all' || question.reachesOut) continue;
    for (const [mark, , home] of part.matchAll(MARK)) if (home !== place) offend('place', mark);
  }
  for (const [id] of answer.headers.matchAll(/\b[0-9a-f]{32}\b/g)) {
    if (id !== answer.traceId) offend('stranger', `trace ${id}`);
  }
}

interface Rest {
  errors: Body['errors'];
  offend: Offend;
}

function checkFound(asked: Asked, found: Found, { errors, offend }: Rest) {
  const { operation, told } = asked;
  const place = found.place ?? operation.place;
  const { rows, kind } = found;
  if (!rows) {
    if (!errors) offend('incomplete', `no ${kind}`);
    return;
  }
  for (const row of rows) {
    if (row) checkRow(asked, { row, kind, place }, offend);
    else if (!errors) offend('incomplete', `a row of ${kind} is null`);
  }
  const { wanted } = found;
  if (!wanted) return;
  const ids = new Set(rows.map((row) => row?.astriaId));
  const known = knownRows(operation.owner, kind).filter((row) => isSeen(row.home, place));
  for (const row of known) {
    if (ids.has(row.id) && !wanted(row)) offend('other', `${kind} ${row.id} was not asked for`);
  }
  const { first = PLENTY } = found;
  if (ids.size > first) offend('other', `${ids.size} ${kind}, where ${first} were asked for`);
  // A page that is full may be full of others: what was made meanwhile comes first.
  if (errors || ids.size === first) return;
  const lacking = known.filter((row) => wanted(row) && isToldOf(row, told) && !ids.has(row.id));
  for (const { id } of lacking) offend('incomplete', `${kind} in ${place}: no ${id}`);
}

const PLENTY = 100;

interface Part {
  row: Row;
  kind: Found['kind'];
  place: Place;
}

function checkRow({ operation, told }: Asked, { row, kind, place }: Part, offend: Offend) {
  const { owner } = operation;
  const id = row.astriaId;
  if (kind === 'viewer') {
    if (id !== owner.userId) offend('stranger', `viewer ${id}`);
    return;
  }
  const text = row.title ?? row.text ?? '';
  const [[, , home] = []] = text.matchAll(MARK);
  const isThere = HOMES.some((it) => it === home && isSeen(it, place));
  if (!isThere) offend('place', `${kind} ${id} in ${place}: ${text}`);
  if (kind === 'tunes') checkTitle({ owner, told }, row, offend);
  if (kind === 'prompts' && told.gone.has(id)) offend('stale', `prompt ${id} had been deleted`);
}

function checkTitle({ owner, told }: { owner: Owner; told: Told }, row: Row, offend: Offend) {
  const { astriaId, title = '' } = row;
  const [, id, number] = /^tune (\d+) v(\d+) of /.exec(title) ?? [];
  if (Number(id) !== astriaId) return offend('other', `tune ${astriaId} is called ${title}`);
  const version = Number(number);
  const atLeast = told.versions.get(astriaId) ?? 0;
  if (version >= atLeast || owner.tunes.get(astriaId)?.open.has(version)) return;
  offend('stale', `${title}, after v${atLeast} had been told`);
}

interface Known {
  id: number;
  home: Home;
  state?: Prompt['state'];
}

function knownRows(owner: Owner, kind: Found['kind']): Known[] {
  if (kind === 'tunes') return [...owner.tunes.values()];
  if (kind === 'prompts') return [...owner.prompts.values()];
  if (kind === 'packs') return HOMES.map((home) => ({ id: packIdIn(home), home }));
  if (kind === 'workspaces') return HOMES.slice(1).map((home) => ({ id: Number(home), home }));
  return [];
}

/** It was there before it was asked for, and still is now that the answer has come. */
const isToldOf = ({ id, state }: Known, told: Told) =>
  state === undefined || (state === 'there' && told.there.has(id));
