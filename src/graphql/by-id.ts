/** Rows by Astria's numbers, for clients that have some from a callback or a database. */
import type { Context } from '../context.ts';
import { type Scope, scopeIn } from '../scope.ts';
import { builder, type RowType } from './builder.ts';
import { upstream } from './cost/cost.ts';
import { astriaIds, checkIds, MAX_IDS, type NodeName } from './ids.ts';

interface Rows<Row> {
  load(id: number): Row | Promise<Row | null>;
}

interface Listed<Row> {
  name: NodeName;
  type: RowType<Row>;
  rowsIn(scope: Scope): Rows<Row>;
}

/** Defines a field such as `promptsById`. Neighbouring ids come in one window of Astria's list. */
export const byIdField = <Row extends object>(
  field: `${string}ById`,
  { name, type, rowsIn }: Listed<Row>,
) =>
  builder.queryField(field, (t) =>
    t.field({
      type: [type],
      nullable: { list: false, items: true },
      description: `Each ${name.toLowerCase()} of these ids, in their order; null in the place of one that is not there.`,
      args: {
        ids: t.arg.idList({
          required: true,
          description: `The \`id\` or the \`astriaId\` of each; at most ${MAX_IDS}.`,
        }),
      },
      extensions: upstream({ calls: 'ids', rows: 'argument' }),
      resolve: (_: object, { ids }: { ids: readonly string[] }, context: Context) => {
        checkIds(ids);
        const rows = rowsIn(scopeIn(context));
        return astriaIds(name, ids, 'ids').map((id) => rows.load(id));
      },
    }),
  );
