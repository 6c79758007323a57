import { showPack } from './pack.ts';
import { addWorkspace } from './people.ts';
import { showPrompt } from './prompt.ts';
import {
  addPack,
  addPrompt,
  addTune,
  type PackFields,
  type PromptFields,
  type TuneFields,
} from './rows.ts';
import type {
  Account,
  PackBody,
  PackRow,
  PromptBody,
  PromptRow,
  TuneBody,
  TuneRow,
  WorkspaceBody,
  World,
} from './store.ts';
import { showTune } from './tune.ts';

/**
 * Gives tests direct access to the rows of an account. Given fields are returned unchanged, even with a type that Astria would
 * not use. The other fields are those of an ordinary, finished row. Each method returns the row as the API would.
 */
export interface AccountAccess {
  readonly key: string;
  readonly userId: number;
  balanceMc: number;
  idempotent: boolean;
  /** Adds another key that opens this account. */
  addKey(key: string): void;
  /** Adds a tune: a checkpoint, unless `model_type` says otherwise. */
  addTune(fields?: TuneFields): TuneBody;
  /** Adds a prompt: on Flux and done, unless its fields say otherwise. A time of null never comes. */
  addPrompt(fields?: PromptFields): PromptBody;
  addPack(fields?: PackFields, costShape?: PackRow['costShape']): PackBody;
  addWorkspace(fields?: Partial<WorkspaceBody>): WorkspaceBody;
  countTunes(): number;
  tune(id: number): TuneBody | null;
  prompt(id: number): PromptBody | null;
  /** Changes a tune. A field of undefined is left out of the answers. */
  updateTune(id: number, fields: Partial<TuneBody>): TuneBody;
  updatePrompt(id: number, fields: Partial<PromptBody>): PromptBody;
  deleteTune(id: number): boolean;
  deletePrompt(id: number): boolean;
  deletePack(id: number): boolean;
}

export function accessTo(world: World, account: Account): AccountAccess {
  const showTuneOf = (row: TuneRow) => showTune(world, row);
  const showPromptOf = (row: PromptRow) => showPrompt(world, account, row);
  return {
    key: account.key,
    userId: account.userId,
    get balanceMc() {
      return account.balanceMc;
    },
    set balanceMc(amount) {
      account.balanceMc = amount;
    },
    get idempotent() {
      return account.idempotent;
    },
    set idempotent(isOn) {
      account.idempotent = isOn;
    },
    addKey: (key) => void world.accounts.set(key, account),
    addTune: (fields) => showTuneOf(addTune(world, account, fields)),
    addPrompt: (fields) => showPromptOf(addPrompt(world, account, fields)),
    addPack: (fields, costShape) =>
      showPack(account, addPack(world, account, { costShape, ...fields })),
    addWorkspace: (fields = {}) => addWorkspace(world, account, fields),
    countTunes: () => account.tunes.size,
    tune: (id) => shownOr(account.tunes.get(id), showTuneOf),
    prompt: (id) => shownOr(account.prompts.get(id), showPromptOf),
    updateTune: (id, fields) => showTuneOf(changed(account.tunes.get(id), fields)),
    updatePrompt: (id, fields) => showPromptOf(changed(account.prompts.get(id), fields)),
    deleteTune: (id) => account.tunes.delete(id),
    deletePrompt: (id) => account.prompts.delete(id),
    deletePack: (id) => account.packs.delete(id),
  };
}

const shownOr = <Row, Body>(row: Row | undefined, show: (row: Row) => Body): Body | null =>
  row === undefined ? null : show(row);

function changed<Row extends { id: number; fields: object }>(
  row: Row | undefined,
  fields: Partial<Row['fields']>,
): Row {
  if (!row) throw new Error('There is no such row in this account');
  Object.assign(row.fields, fields);
  return row;
}
