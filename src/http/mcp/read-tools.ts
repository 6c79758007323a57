/** The tools that read. They cost nothing. */
import * as z from 'zod';
import { resultOf } from './results.ts';
import { type Calling, type Tool, text, tool } from './tool.ts';

/** What they read is one account. The other hints are for tools that write. */
const READS = { readOnlyHint: true, openWorldHint: false };

const page = {
  first: z
    .int('must be a whole number')
    .min(1, 'must be 1 to 50')
    .max(50, 'must be 1 to 50')
    .default(10),
  after: text('endCursor of the last page').optional(),
};

const MAX_IDS = 20;

/** The longest wait. Clients give up after a minute. */
const MAX_WAIT_SECONDS = 50;

export const readTools: readonly Tool[] = [
  tool({
    name: 'get_account',
    description: 'Whose account it is, and what is left to spend.',
    input: z.strictObject({}),
    annotations: READS,
    operations: ['AgentAccount'],
    call: async (_, { run }) => resultOf(await run('AgentAccount', {})),
  }),
  tool({
    name: 'list_models',
    description: 'The models for create_prompt: of images by tuneId, of videos by name.',
    input: z.strictObject({}),
    annotations: READS,
    operations: ['AgentModels'],
    call: async (_, { run }) => resultOf(await run('AgentModels', {})),
  }),
  tool({
    name: 'find_tunes',
    description:
      'The newest models of people and products. Once READY, put the reference into the text of create_prompt.',
    input: z.strictObject({
      title: text('A part of the title').optional(),
      modelType: text('faceid, lora').optional(),
      ...page,
    }),
    annotations: READS,
    operations: ['AgentTunes'],
    call: async ({ first, after, ...filter }, { run }) =>
      resultOf(await run('AgentTunes', { first, after, filter })),
  }),
  tool({
    name: 'find_prompts',
    description: 'The newest generations, with their images.',
    input: z.strictObject({
      text: text('A part of the text').optional(),
      tuneId: text('The tune that they ran on').optional(),
      isVideo: z.boolean('must be true or false').optional(),
      ...page,
    }),
    annotations: READS,
    operations: ['AgentPrompts'],
    call: async ({ first, after, ...filter }, { run }) =>
      resultOf(await run('AgentPrompts', { first, after, filter })),
  }),
  tool({
    name: 'list_packs',
    description: 'Packs: sets of texts for run_pack, with their prices by class of the subject.',
    input: z.strictObject({ after: page.after }),
    annotations: READS,
    operations: ['AgentPacks'],
    call: async ({ after }, { run }) => resultOf(await run('AgentPacks', { first: 20, after })),
  }),
  tool({
    name: 'wait_for',
    description:
      'Waits until prompts and tunes are done, or for so many seconds; 0 only looks. Call again until isDone: images take seconds, videos minutes, trainings half an hour.',
    input: z.strictObject({
      ids: z
        .array(z.string('must be a text'), 'must be a list of ids')
        .min(1, 'must name an id')
        .max(MAX_IDS, `must name ${MAX_IDS} ids at most`),
      seconds: z
        .int('must be a whole number')
        .min(0, `must be 0 to ${MAX_WAIT_SECONDS}`)
        .max(MAX_WAIT_SECONDS, `must be 0 to ${MAX_WAIT_SECONDS}`)
        .default(MAX_WAIT_SECONDS),
    }),
    annotations: READS,
    operations: ['AgentWaitFor'],
    call: wait,
  }),
];

async function wait(args: { ids: string[]; seconds: number }, { run, reportUntil }: Calling) {
  const stop = reportUntil(args.seconds);
  try {
    const result = await run('AgentWaitFor', args);
    const { isDone } = (result.data?.waitFor ?? {}) as { isDone?: boolean };
    return resultOf(result, isDone === false ? NOT_YET : undefined);
  } finally {
    stop();
  }
}

const NOT_YET = 'Not all is done yet: call wait_for again with the same ids.';
