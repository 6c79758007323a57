/** The graphs that are served, each with the parts that depend on its schema. Everything else they share. */
import type { IncomingMessage } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { Operations } from '../graphql/operations.ts';
import { schema } from '../graphql/schema.ts';
import { subgraphOf } from '../graphql/subgraph.ts';
import { prepare } from '../graphql/trusted/prepare.ts';
import { noneTrusted, TrustedDocuments } from '../graphql/trusted/trusted-documents.ts';
import { createAnswering } from './answering.ts';
import { createCoalescer } from './coalescer.ts';
import type { createCompression } from './compression.ts';
import { createGraph, type Serving } from './graph.ts';
import type { Load, Owner } from './load.ts';
import type { OwnMedia } from './own-media.ts';
import { type GraphName, graphNameOf } from './params.ts';
import { Readings } from './readings.ts';
import type { UploadLimits } from './uploads/limits.ts';

interface GraphsDeps extends Serving {
  load: Load;
}

/** The parts that are made once for all graphs. */
interface Common {
  ownMedia: OwnMedia;
  ownerOf(caller: Caller): Owner;
  compress: ReturnType<typeof createCompression>;
  uploads: UploadLimits | undefined;
}

interface Served {
  schema: GraphQLSchema;
  trusted: TrustedDocuments;
}

export type ServedGraph = ReturnType<typeof serve>;

/** The subgraph is undefined if it is off. */
export type Graphs = ReturnType<typeof createGraphs>;

export function createGraphs(deps: GraphsDeps, common: Common) {
  const { trust, trustedDocuments, maxUpstreamCalls, servesSubgraph } = deps.config;
  const trusted = new TrustedDocuments(trust, trustedDocuments);
  const graphql = serve({ schema, trusted }, deps, common);
  prepare(graphql.operations, trustedDocuments, maxUpstreamCalls);
  const subgraph = servesSubgraph ? serve(subgraphFor(deps), deps, common) : undefined;
  return { graphql, subgraph } satisfies Record<GraphName, ServedGraph | undefined>;
}

/** Returns the graph at the path of a request. */
export function graphAt(request: IncomingMessage, graphs: Graphs): ServedGraph | undefined {
  const name = graphNameOf(request);
  return name && graphs[name];
}

const subgraphFor = ({ config }: GraphsDeps): Served => ({
  schema: subgraphOf(schema, config),
  trusted: noneTrusted(config.trust),
});

function serve({ schema, trusted }: Served, deps: GraphsDeps, common: Common) {
  const { load, upstream, watch, jobs } = deps;
  const { ownMedia, ownerOf, compress, uploads } = common;
  const operations = operationsOf(schema, deps);
  const yoga = createGraph(deps, { operations, trusted, ownMedia, uploads });
  const coalescer = createCoalescer({
    isQuery: (params) => operations.askedBy(params)?.kind === 'query',
    writes: () => upstream.writes,
  });
  return {
    ...{ operations, trusted, yoga, coalescer },
    readings: new Readings(operations, load),
    ...createAnswering({
      ...{ yoga, load, coalescer, compress, ownerOf, watch, clock: jobs.clock },
    }),
  };
}

const operationsOf = (schema: GraphQLSchema, { config, watch, log }: GraphsDeps) =>
  new Operations(schema, {
    introspection: config.introspection,
    onUnplanned(reason, hash) {
      watch?.onUnplanned(reason);
      log.debug({ reason, hash }, 'a query is run by graphql-js instead of a plan');
    },
  });
