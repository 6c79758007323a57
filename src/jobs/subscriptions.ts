/** `Subscription`: the states of prompts and tunes, live. */
import { PromptType } from '../entities/prompt/type.ts';
import { TuneType } from '../entities/tune/type.ts';
import { builder, type RowFields } from '../graphql/builder.ts';
import { upstream } from '../graphql/cost/cost.ts';
import { astriaId } from '../graphql/ids.ts';
import { NodeInterface } from '../graphql/node.ts';
import { type JobKind, jobOf, jobsIn, MAX_JOBS } from './job.ts';
import { openStream, received } from './open-stream.ts';
import type { JobEvent } from './stream.ts';

builder.subscriptionType({
  description:
    'Events, by server-sent events (GraphQL over SSE, distinct connections mode) or by WebSocket (`graphql-transport-ws`), at this address. A stream lasts an hour at most; it ends without `complete` if there is more to come: subscribe again with the last `cursor`.',
});

const JobEnd = builder.enumType('JobEnd', {
  description: 'Why a prompt or a tune will not change any more.',
  values: {
    FINISHED: { description: 'It is done: the prompt has its `images`, the tune is ready.' },
    FAILED: { description: 'It failed. The `userError` of a prompt says why.' },
    GONE: { description: 'It was deleted, or you may not see it any more.' },
    GAVE_UP: {
      description:
        'It takes far longer than it should, so the gateway has stopped polling. Astria does not report failed trainings.',
    },
  } as const,
});

const eventFields: RowFields<JobEvent> = (t) => ({
  isDone: t.exposeBoolean('isDone', {
    nullable: false,
    description: 'Whether it will not change any more.',
  }),
  reason: t.expose('reason', {
    type: JobEnd,
    description: 'The reason, if `isDone`; otherwise null.',
  }),
  cursor: t.exposeString('cursor', {
    nullable: false,
    description:
      'For `after`: a client that sends it gets what has changed since, and nothing twice, from any gateway. It is also the `id` of the event.',
  }),
});

const JobEventType = builder.objectRef<JobEvent>('JobEvent').implement({
  description: 'The current state of a prompt or a tune.',
  fields: (t) => ({
    node: t.field({
      type: NodeInterface,
      description: 'Its current state. Null if it is gone.',
      resolve: ({ row }) => row,
    }),
    ...eventFields(t),
  }),
});

const PromptEventType = builder.objectRef<JobEvent>('PromptEvent').implement({
  description: 'The current state of a prompt.',
  fields: (t) => ({
    prompt: t.field({
      type: PromptType,
      description: 'Its current state. Null if it is gone.',
      resolve: ({ row }) => (row?.__typename === 'Prompt' ? row : null),
    }),
    ...eventFields(t),
  }),
});

const TuneEventType = builder.objectRef<JobEvent>('TuneEvent').implement({
  description: 'The current state of a tune.',
  fields: (t) => ({
    tune: t.field({
      type: TuneType,
      description: 'Its current state. Null if it is gone.',
      resolve: ({ row }) => (row?.__typename === 'Tune' ? row : null),
    }),
    ...eventFields(t),
  }),
});

const AFTER =
  'The `cursor` of the last event that you received: only later changes are sent. The header `Last-Event-ID` takes precedence.';
const HOW =
  'The current state, then each change. The stream ends when it is done. Of several fast changes only the last may be sent.';

const one = (kind: JobKind, id: string) => [jobOf(kind, astriaId(kind, id, 'id'))];

builder.subscriptionFields((t) => ({
  jobs: t.field({
    type: JobEventType,
    nullable: false,
    description: `Prompts and tunes: the current state of each, then each change. The stream ends when all are done. Of several fast changes only the last may be sent.`,
    args: {
      ids: t.arg.idList({
        required: true,
        description: `Global ids of prompts and tunes, at most ${MAX_JOBS}.`,
      }),
      after: t.arg.string({ description: AFTER }),
    },
    extensions: upstream({ calls: 'nodes' }),
    subscribe: (_, { ids, after }, context) => openStream(context, jobsIn(ids), after),
    resolve: (event, _, context) => received(event, context),
  }),
  prompt: t.field({
    type: PromptEventType,
    nullable: false,
    description: HOW,
    args: {
      id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }),
      after: t.arg.string({ description: AFTER }),
    },
    extensions: upstream({ calls: 'each' }),
    subscribe: (_, { id, after }, context) => openStream(context, one('Prompt', id), after),
    resolve: (event, _, context) => received(event, context),
  }),
  tune: t.field({
    type: TuneEventType,
    nullable: false,
    description: HOW,
    args: {
      id: t.arg.id({ required: true, description: 'Its `id` or its `astriaId`.' }),
      after: t.arg.string({ description: AFTER }),
    },
    extensions: upstream({ calls: 'each' }),
    subscribe: (_, { id, after }, context) => openStream(context, one('Tune', id), after),
    resolve: (event, _, context) => received(event, context),
  }),
}));
