/** A plugin of codegen: the SDL of the subgraph. Codegen's own schema has lost what decides what can be composed. */
import { schema } from '../../src/graphql/schema.ts';
import { subgraphSdl } from '../../src/graphql/subgraph.ts';

export const plugin = () => subgraphSdl(schema);
