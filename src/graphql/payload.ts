import { builder, QueryType, type RowFields } from './builder.ts';

/** Defines the payload of a mutation: its own fields, and `query` for what is read after the change. */
export const payload = <Row extends object>(name: string, fields: RowFields<Row>) =>
  builder.objectRef<Row>(name).implement({
    description: `What came of \`${name.charAt(0).toLowerCase()}${name.slice(1).replace(/Payload$/, '')}\`.`,
    fields: (t) => ({
      ...fields(t),
      query: t.field({
        type: QueryType,
        // A failing read must not remove the result of the change.
        nullable: true,
        description:
          "The root, to read in the same operation what the change has touched, in the request's own workspace. Null where that fails; the change stands.",
        resolve: () => ({}),
      }),
    }),
  });

/** Defines the payload of a deletion. */
export const deletedPayload = (name: string, kind: string) =>
  payload<{ deletedId: string }>(name, (t) => ({
    deletedId: t.exposeID('deletedId', {
      nullable: false,
      description: `The global id of the ${kind} that is gone.`,
    }),
  }));
