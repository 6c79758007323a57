/** Describes a video: polls Astria until it has seen all of it. */
import type { Context } from '../../context.ts';
import { readSentence } from '../../graphql/astria-messages.ts';
import { builder } from '../../graphql/builder.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { failure, validationFailed } from '../../graphql/errors.ts';
import { astriaIds } from '../../graphql/ids.ts';
import { payload } from '../../graphql/payload.ts';
import { broken, isBlank, isHttps, type Rule, refuse } from '../../graphql/rules.ts';
import { scopeToChangeIn } from '../../graphql/workspace-input.ts';
import { pause } from '../../jobs/clock.ts';
import type { Seat } from '../../jobs/seats.ts';
import type { Session } from '../../upstream/client.ts';
import { AnsweredWithFailure, HeldBack, NoAnswer } from '../../upstream/errors.ts';
import {
  hasFailed,
  inspectVideo,
  isOver,
  readVideoInspection,
  VIDEO_PATIENCE_MS,
  type VideoInspection,
} from './rest.ts';
import { textOf } from './type.ts';

const VideoSourceInput = builder.inputType('VideoSourceInput', {
  description: 'A video that Astria can fetch, given in exactly one way.',
  isOneOf: true,
  fields: (t) => ({
    url: t.field({ type: 'URL', description: 'Its https address, which must be public.' }),
    signedId: t.string({
      description:
        'The `signedId` of `createDirectUpload`, after the video was sent to storage. It is a secret.',
    }),
  }),
});

const InspectVideoInput = builder.inputType('InspectVideoInput', {
  description: 'A video to look at.',
  fields: (t) => ({
    video: t.field({ type: VideoSourceInput, required: true, description: 'The video.' }),
    tuneIds: t.idList({
      description: 'Subjects that it may show: tunes, by `id` or `astriaId`.',
    }),
    workspaceId: t.id({
      description:
        "The workspace for which it is inspected: its `id` or its `astriaId`. The request's own if left out.",
    }),
  }),
});

const RULES: readonly Rule<typeof InspectVideoInput.$inferInput>[] = [
  [
    'video',
    'must have an https address: send a video of your own by createDirectUpload, and give its signedId',
    ({ video: { url } }) => url != null && !isHttps(url),
  ],
  [
    'video',
    "can't have a blank signedId",
    ({ video: { signedId } }) => signedId != null && isBlank(signedId),
  ],
];

const InspectVideoPayload = payload<VideoInspection>('InspectVideoPayload', (t) => ({
  description: t.string({
    description: 'What the video shows.',
    resolve: ({ description }) => textOf(description),
  }),
}));

/** The first call and all polls. */
const MOST_CALLS = 27;

builder.mutationField('inspectVideo', (t) =>
  t.field({
    type: InspectVideoPayload,
    nullable: false,
    description:
      'Describes a video in words. The answer may take 4 minutes: one in an operation, none in a batch.',
    args: {
      input: t.arg({ type: InspectVideoInput, required: true, description: 'The video.' }),
    },
    extensions: upstream({ calls: 'each', times: MOST_CALLS, waits: true }),
    resolve: async (_, { input }, context) => {
      refuse(broken(input, RULES));
      const { video, tuneIds, workspaceId } = input;
      const { astria } = scopeToChangeIn(context, workspaceId);
      const body = {
        ...(video.url ? { file_url: video.url } : { blob_signed_id: video.signedId }),
        ...(tuneIds && { tune_ids: astriaIds('Tune', tuneIds, 'input.tuneIds') }),
      };
      const seat = context.jobs.seats.take(context, false);
      try {
        return described(await untilOver(context, { astria, body, seat }));
      } finally {
        seat.leave();
      }
    },
  }),
);

interface Looking {
  astria: Session;
  body: object;
  seat: Seat;
}

async function untilOver({ jobs: { clock } }: Context, { astria, body, seat }: Looking) {
  const began = clock.now();
  let told = await inspectVideo(astria, body);
  while (!isOver(told)) {
    const waited = clock.now() - began;
    if (waited >= VIDEO_PATIENCE_MS || seat.ended.aborted) throw notYet();
    await pause(clock, Math.min(gapMs(waited), VIDEO_PATIENCE_MS - waited), seat.ended);
    if (!seat.ended.aborted) told = await lookAgain(astria, told);
  }
  return told;
}

const SHORTEST_MS = 2000;
const LONGEST_MS = 15_000;

/** Returns the delay before the next poll, which grows with the time spent. */
const gapMs = (waitedMs: number) => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, waitedMs / 4));

/** Polls once. A poll that fails and may succeed later counts as no news. */
async function lookAgain(astria: Session, told: VideoInspection): Promise<VideoInspection> {
  try {
    const { id = told.id, ...rest } = await readVideoInspection(astria, told.id as string);
    return { id, ...rest };
  } catch (error) {
    if (mayPass(error)) return told;
    throw error;
  }
}

const mayPass = (error: unknown) =>
  error instanceof NoAnswer ||
  error instanceof HeldBack ||
  (error instanceof AnsweredWithFailure && (error.status === 429 || error.status >= 500));

/** At the end of the timeout or of the process. */
const notYet = () =>
  failure(
    'UPSTREAM_TIMEOUT',
    'Astria had not finished with the video when the wait ended: try again.',
    { outcome: 'UNKNOWN' },
  );

function described(told: VideoInspection): VideoInspection {
  if (!hasFailed(told)) return told;
  const message = readSentence({ error: told.error }) ?? 'could not be looked at';
  throw validationFailed(message, [{ path: ['input', 'video'], message }], { source: 'ASTRIA' });
}
