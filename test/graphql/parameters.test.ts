/** Every parameter that Astria takes can be said here, and the emulator knows each; what is left out has its reason. */
import { type GraphQLInputObjectType, isInputObjectType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { PROMPT_RANGES as ASTRIA_RANGES, KNOWN } from '../../src/emulator/parameters.ts';
import { promptFieldsOf } from '../../src/emulator/prompt-fields.ts';
import { PROMPT_RANGES } from '../../src/entities/prompt/parameters.ts';
import { Prompt } from '../../src/entities/prompt/rest.ts';
import { mediaFieldOf } from '../../src/graphql/media.ts';
import { schema } from '../../src/graphql/schema.ts';

/** Ours wherever they stand. */
const OURS = ['id', 'workspaceId', 'idempotencyKey', 'maxCost'];

/** What an input is a request for, as the emulator knows its parameters, where its own name does not say so. */
const REQUESTS: Record<string, string> = {
  TuneFilter: 'GET /tunes',
  PromptFilter: 'GET /prompts',
  PackFilter: 'GET /packs',
  PromptAttributesInput: 'prompt',
  GenerateWithGeminiInput: 'prompt',
  GenerateWithSeedreamInput: 'prompt',
  RunPackInput: 'pack run',
  InspectImageInput: 'inspection',
  InspectVideoInput: 'video inspection',
  DescribeImageInput: 'description',
  ClassifyImageInput: 'classification',
};
/** `CreateDirectUploadInput` is a direct upload. */
const requestOf = (name: string): string =>
  REQUESTS[name] ??
  name
    .replace(/^(?:Create|Update)|Input$/g, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();

/** They say which row, and no more; or another input of this list within them does. */
const WITHOUT_PARAMETERS = /^(?:Delete|Like|Unlike|DuplicatePrompt|Media|VideoSource|CostEstimate)/;

/** Said otherwise here. */
const OTHERWISE: Record<string, string> = {
  orig_prompt_id: 'originalPromptId',
  generate_audio: 'videoAudio',
  file: 'image',
  // One name for a file and for an address.
  file_url: 'image',
};
const IMAGE_URL = { file_url: 'imageUrl' };
const OF_AN_ADDRESS: Record<string, Record<string, string>> = {
  'video inspection': { file_url: 'video', blob_signed_id: 'video' },
  description: IMAGE_URL,
  classification: IMAGE_URL,
};

/** In an object of Astria's within it. */
const BESIDE: Record<string, string[]> = { CreateThemeInput: ['numImages', 'w', 'h'] };

/** By what is said here instead. */
const LEFT_OUT: Record<string, string[]> = {
  // `first` and `after`.
  'GET /tunes': ['limit', 'offset', 'before_id'],
  'GET /prompts': ['limit', 'offset', 'before_id'],
  'GET /packs': ['limit', 'offset'],
  // Its tune is in the path; `duplicatePrompt` says the other.
  PromptAttributesInput: ['tune_id', 'orig_prompt_id'],
  CreatePromptInput: ['orig_prompt_id'],
  // `images` takes addresses too; what else trains a tune comes from the pack.
  RunPackInput: words(
    `image_urls base_tune_id model_type branch token steps face_crop training_face_correct preset auto_extend`,
  ),
  CreateThemeInput: ['prompt_attributes'],
};
/** These change a few things of what others make, or are for one model. */
const IN_PART = [
  'UpdateTuneInput',
  'UpdatePromptInput',
  'GenerateWithGeminiInput',
  'GenerateWithSeedreamInput',
  'CreateWorkspaceInput',
];

function words(text: string) {
  return text.split(' ');
}

const INPUTS = Object.values(schema.getTypeMap())
  .filter(isInputObjectType)
  .filter(({ name }) => !WITHOUT_PARAMETERS.test(name))
  .map((type) => [type.name, requestOf(type.name), parametersOf(type)] as const);

/** Leaves out a required id that is no parameter: it is in the path, as `promptId` of `/prompts/:prompt_id/x`. */
function parametersOf(type: GraphQLInputObjectType) {
  const parameters = (KNOWN as Record<string, readonly string[]>)[requestOf(type.name)] ?? [];
  return Object.values(type.getFields())
    .filter(
      ({ name, type: own }) =>
        !(/.Id$/.test(name) && isNonNullType(own)) || parameters.includes(snakeCase(name)),
    )
    .map(({ name }) => name);
}

test.each(INPUTS)('%s has the parameters of a %s, and no other', (name, request, fields) => {
  const parameters = (KNOWN as Record<string, readonly string[]>)[request] ?? [];
  const spelt = OF_AN_ADDRESS[request] ?? OTHERWISE;
  const known = parameters.map((each) => [each, ourNameOf(each, spelt)] as const);
  const strange = fields.filter(
    (field) =>
      ![...OURS, ...(BESIDE[name] ?? [])].includes(field) &&
      !known.some(([, ourName]) => ourName === field),
  );
  expect(strange, `add them to KNOWN['${request}'] of the emulator's parameters.ts`).toEqual([]);
  if (IN_PART.includes(name)) return;
  const leftOut = [...(LEFT_OUT[request] ?? []), ...(LEFT_OUT[name] ?? [])];
  const missing = known.filter(
    ([each, ourName]) => !fields.includes(ourName) && !leftOut.includes(each),
  );
  expect(
    missing.map(([each]) => each),
    `add them to ${name}, or to LEFT_OUT`,
  ).toEqual([]);
});

const ourNameOf = (name: string, otherwise: Record<string, string>) =>
  otherwise[name] ?? camelCase(mediaFieldOf(name) ?? name);

function snakeCase(name: string) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** Told from elsewhere than the plain fields: files at their addresses, and where the row is. */
const NO_PLAIN_FIELDS = /^(?:input_image|mask_image|input_video|image_references|workspace_id)$/;

test('the emulator tells what was sent wherever Astria does', () => {
  const told = promptFieldsOf({ params: {}, modelId: 1, text: null });
  const missing = Object.keys(Prompt.shape).filter(
    (name) => KNOWN.prompt.includes(name) && !NO_PLAIN_FIELDS.test(name) && !(name in told),
  );
  expect(missing, "add them to promptFieldsOf of the emulator's prompt-fields.ts").toEqual([]);
});

test('every range that a description names is checked, here and by the emulator', () => {
  const type = schema.getType('PromptAttributesInput') as GraphQLInputObjectType;
  const named = Object.values(type.getFields()).flatMap(({ name, type: own, description }) => {
    const [, least, most] = description?.match(/(?<!\w)(\d+) to (\d+)(?![\^\d])/) ?? [];
    return least && /^(?:Int|Float|SafeInt)$/.test(String(own))
      ? [[name, [Number(least), Number(most)]] as const]
      : [];
  });
  expect(named.length).toBeGreaterThan(3);
  const ours = Object.fromEntries(named);
  expect(PROMPT_RANGES, "state it in PROMPT_RANGES of the prompt's parameters.ts").toMatchObject(
    ours,
  );
  const theirs = Object.fromEntries(
    Object.entries(PROMPT_RANGES).map(([name, range]) => [snakeCase(name), range]),
  );
  expect(ASTRIA_RANGES, "state it in PROMPT_RANGES of the emulator's parameters.ts").toMatchObject(
    theirs,
  );
});

test('paging is `first` and `after`, in every list', () => {
  const lists = Object.values(schema.getTypeMap())
    .flatMap((type) => ('getFields' in type ? Object.values(type.getFields()) : []))
    .filter((field) => String(field.type).endsWith('Connection'));
  expect(lists.length).toBeGreaterThan(8);
  for (const field of lists) {
    expect('args' in field && field.args.map((arg: { name: string }) => arg.name)).toEqual(
      expect.arrayContaining(['first', 'after']),
    );
  }
});
