import type { Context } from '../context.ts';
import { type Scope, scopeIn } from '../scope.ts';
import type { InputBuilder } from './builder.ts';
import { maybeId } from './ids.ts';
import { refuse } from './rules.ts';

/** Where something is to be made, for every input that can say so. */
export const workspaceField = (t: InputBuilder) =>
  t.id({
    description:
      "The workspace to make it in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** Where something is that is there already. */
export const homeField = (t: InputBuilder) =>
  t.id({
    description: "The workspace it is in: its `id` or its `astriaId`. Left out: the request's own.",
  });

/** The scope an input names by its `workspaceId`; the request's own where it names none. */
export function scopeToChangeIn(
  context: Context,
  workspaceId: string | null | undefined,
  root = 'input',
): Scope {
  const id = maybeId('Workspace', workspaceId, `${root}.workspaceId`);
  return scopeIn(context, id == null ? undefined : String(id));
}

/** The same for what is yet to be made. `all` is a place to look in: where a thing made there would land is not known. */
export function scopeToMakeIn(
  context: Context,
  workspaceId: string | null | undefined,
  root = 'input',
): Scope {
  const scope = scopeToChangeIn(context, workspaceId, root);
  if (scope.place === 'all') {
    const message = "can't be blank while the request is for all workspaces: say where to make it";
    refuse([{ path: [...root.split('.'), 'workspaceId'], message }]);
  }
  return scope;
}
