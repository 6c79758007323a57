/** The workspaces that a caller may use. */

import { forbidden, notFound } from '../graphql/errors.ts';
import type { Session } from '../upstream/client.ts';
import { isBroken } from '../upstream/contract/decode.ts';
import { AnsweredWithFailure } from '../upstream/errors.ts';
import type { Caller } from './caller.ts';
import { rowsNamedBy } from './named-rows.ts';

/** The name of a workspace in a caller's list. Null is the personal scope. */
const nameOf = (place: string | null) => place ?? 'personal';

export const mayUse = ({ workspaces }: Caller, place: string | null) =>
  !workspaces || workspaces.includes(nameOf(place));

export function mustUse(caller: Caller, place: string | null) {
  if (mayUse(caller, place)) return;
  const list = caller.workspaces?.map((name) => inWords(name)).join(', ');
  throw forbidden(
    `You may not use ${inWords(nameOf(place))}, only ${list || 'none'}: choose one by \`workspaceId\` or the header \`X-Workspace-Id\`.`,
  );
}

function inWords(name: string) {
  if (name === 'personal') return 'the personal scope';
  return name === 'all' ? 'all workspaces' : `workspace ${name}`;
}

type Find<Scope> = (scope: Scope, id: never) => object | null | Promise<object | null>;

const finders = new Map<string, Find<never>>();

/**
 * Registers how rows of a type are found for callers who are bound to workspaces. A row that is not found counts as missing.
 */
export const findsRows = <Scope>(type: string, find: Find<Scope>) => void finders.set(type, find);

export interface Bounds {
  caller: Caller;
  /** The scope in which rows that a write names must be. */
  scope(): object;
  /** Tunes that anybody may use. */
  openTunes: readonly number[];
}

/**
 * Astria, for a caller who is bound to some workspaces. By id Astria may return a row of any workspace of the account. A row in
 * another workspace is treated as missing, and no write reaches it. A row that was just created is returned wherever it landed.
 */
export const withinBounds = (session: Session, bounds: Bounds): Session => ({
  async request(call) {
    const { caller } = bounds;
    const { method = 'GET', path } = call;
    if (method !== 'GET') {
      await mustBeThere(rowsNamedBy(call), bounds);
      return session.request(call);
    }
    const answer = await session.request(call);
    if (Array.isArray(answer)) {
      return (
        answer.some((row) => isElsewhere(row, caller))
          ? answer.filter((row) => !isElsewhere(row, caller))
          : answer
      ) as typeof answer;
    }
    if (isElsewhere(answer, caller)) {
      throw new AnsweredWithFailure({ method, route: path }, { status: 404 }, call);
    }
    return answer;
  },
});

/**
 * Checks all rows before it reports one as missing. Otherwise the number of checks would reveal something about the other rows.
 */
async function mustBeThere(
  rows: ReturnType<typeof rowsNamedBy>,
  { caller, scope, openTunes }: Bounds,
) {
  const looks = await Promise.allSettled(
    rows.map(async ({ type, id }) => {
      if (type === 'Workspace') return mustUse(caller, String(id));
      if (type === 'Tune' && openTunes.includes(Number(id))) return;
      if (!(await finders.get(type)?.(scope() as never, id as never))) throw notFound(type, id);
    }),
  );
  for (const look of looks) if (look.status === 'rejected') throw look.reason;
}

function isElsewhere(row: unknown, caller: Caller): boolean {
  if (typeof row !== 'object' || row === null) return false;
  // If the row's workspace cannot be read, the row is hidden.
  if (isBroken(row, 'workspace_id')) return true;
  const place = placeOf(row);
  return place !== undefined && !mayUse(caller, place);
}

/** Returns the row's workspace. Undefined if the row does not contain it in a readable form. */
export function placeOf(row: object): string | null | undefined {
  const { workspace_id: id } = row as { workspace_id?: unknown };
  if (id === undefined || isBroken(row, 'workspace_id')) return undefined;
  return id === null ? null : String(id);
}

export const tellsPlace = (row: object) => placeOf(row) !== undefined;
