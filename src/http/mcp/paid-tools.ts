/** The tools that cost money. Without `maxCost` they answer with the estimate, and send nothing. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { answered, resultOf } from './results.ts';
import { type Run, type Tool, text, tool } from './tool.ts';

const PAYS = {
  readOnlyHint: false,
  // They add, and change nothing that is there.
  destructiveHint: false,
  // By the idempotency key.
  idempotentHint: true,
  openWorldHint: true,
};

const COSTS = 'Costs money. Without maxCost it only answers with the estimate.';

/** Allows a write whose price nobody knows. A faceid has none, so that no `maxCost` would ever do. */
const UNKNOWN = 'unknown';

const id = (description: string) => z.string('must be an id, as a text').describe(description);

const paid = {
  idempotencyKey: z
    .string('is missing: give this request a name of its own, and the same one to repeat it')
    .describe('A name for this request. Repeated under it, nothing is paid twice'),
  maxCost: z
    .string('must be a text, such as "0.25"')
    .describe(`Dollars: "0.25". "${UNKNOWN}" if the estimate does not know`)
    .optional(),
};

interface Paid {
  run: Run;
  operation: string;
  /** The member of `CostEstimateInput`. */
  mutation: string;
  input: object & { maxCost?: string | undefined };
}

async function pay({ run, operation, mutation, input: given }: Paid): Promise<CallToolResult> {
  const { maxCost, ...input } = given;
  if (maxCost !== undefined && maxCost !== UNKNOWN) {
    return resultOf(await run(operation, { input: { ...input, maxCost } }));
  }
  const result = await run('AgentCostEstimate', { input: { [mutation]: input } });
  const estimate = result.data?.costEstimate as Estimate | undefined;
  if (!estimate) return resultOf(result);
  if (maxCost === UNKNOWN && !estimate.high) return resultOf(await run(operation, { input }));
  return answered({ costEstimate: estimate }, noteOn(estimate));
}

interface Estimate {
  likely: { usd: number } | null;
  high: { usd: number } | null;
}

function noteOn({ likely, high }: Estimate): string {
  if (!high) {
    return `Nothing was sent. Nobody knows what this costs. If the person agrees to that, call again with maxCost "${UNKNOWN}".`;
  }
  return `Nothing was sent. It may cost ${high.usd} USD, most likely ${likely?.usd}. If the person agrees, call again with maxCost "${high.usd}".`;
}

const operationsOf = (operation: string) => [operation, 'AgentCostEstimate'];

export const paidTools: readonly Tool[] = [
  tool({
    name: 'create_prompt',
    description: `Generates images or a video. ${COSTS}`,
    input: z.strictObject({
      tuneId: id('The model'),
      text: text('What to make').optional(),
      numImages: z
        .int('must be a whole number')
        .min(1, 'must be 1 to 8')
        .max(8, 'must be 1 to 8')
        .default(1),
      aspectRatio: text('16:9').optional(),
      resolution: text('1K, 2K, 4K').optional(),
      negativePrompt: text('What to avoid').optional(),
      inputImage: text('Address to start from').optional(),
      seed: z.number('must be a number').optional(),
      videoModel: text('For a video').optional(),
      videoPrompt: text('What happens in the video').optional(),
      videoDuration: z.number('must be a number').describe('Seconds').optional(),
      ...paid,
    }),
    annotations: PAYS,
    operations: operationsOf('AgentCreatePrompt'),
    call: ({ inputImage, ...input }, { run }) =>
      pay({
        ...{ run, operation: 'AgentCreatePrompt', mutation: 'createPrompt' },
        input: { ...input, ...(inputImage && { inputImage: { url: inputImage } }) },
      }),
  }),
  tool({
    name: 'create_tune',
    description: `Makes a model of a person or product from photos: faceid at once, lora by training. ${COSTS}`,
    input: z.strictObject({
      title: text('What to call it'),
      name: text('Its class: man, dress'),
      modelType: text('faceid or lora').default('faceid'),
      imageUrls: z.array(z.string('must be a text'), 'must be a list of addresses'),
      baseTuneId: id('For lora: 1504944 is Flux1.dev').optional(),
      token: text('For lora: ohwx').optional(),
      ...paid,
    }),
    annotations: PAYS,
    operations: operationsOf('AgentCreateTune'),
    call: (input, { run }) =>
      pay({ run, operation: 'AgentCreateTune', mutation: 'createTune', input }),
  }),
  tool({
    name: 'run_pack',
    description: `Makes all images of a pack with a tune. ${COSTS}`,
    input: z.strictObject({
      id: id('The pack'),
      tuneIds: z.array(z.string('must be a text'), 'must be a list of ids'),
      ...paid,
    }),
    annotations: PAYS,
    operations: operationsOf('AgentRunPack'),
    call: (input, { run }) => pay({ run, operation: 'AgentRunPack', mutation: 'runPack', input }),
  }),
];
