/**
 * For Relay 21, its compiler and its store.
 *
 *     // relay.config.js
 *     module.exports = { src: './src', language: 'typescript', schema: require.resolve('astria-graphql-client/schema.graphql'), customScalarTypes };
 *     new Environment({ network, store, missingFieldHandlers });
 */
import { scalars } from './scalars.ts';

/** The TypeScript type of each scalar, for the compiler. */
export const customScalarTypes: Record<string, string> = { ...scalars };

interface Field {
  name: string;
}

interface LinkedRecord {
  getType(): string;
}

/** The part of Relay's store that is used. */
interface ReadOnlyStore {
  get(id: string): LinkedRecord | null | undefined;
}

/** `node(id)` needs no request if the store contains the object. */
export const missingFieldHandlers = [
  {
    kind: 'linked' as const,
    handle: (
      field: Field,
      record: LinkedRecord | null | undefined,
      args: Record<string, unknown>,
      store: ReadOnlyStore,
    ) => {
      const isNode = record?.getType() === '__Root' && field.name === 'node';
      return isNode && typeof args.id === 'string' && store.get(args.id) ? args.id : undefined;
    },
  },
];
