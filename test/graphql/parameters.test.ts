/** Every parameter that Astria takes can be said here, and the emulator knows each; what is left out has its reason. */
import { isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { KNOWN } from '../../src/emulator/parameters.ts';
import { mediaFieldOf } from '../../src/graphql/media.ts';
import { schema } from '../../src/graphql/schema.ts';

/** What each input is a request for, as the emulator knows its parameters, and those of ours that are none. */
const INPUTS: Record<string, [object: keyof typeof KNOWN, ours?: string[]]> = {
  TuneFilter: ['GET /tunes'],
  CreateTuneInput: ['tune', ['workspaceId', 'idempotencyKey']],
  UpdateTuneInput: ['tune', ['id', 'workspaceId']],
  PromptFilter: ['GET /prompts'],
  PromptAttributesInput: ['prompt'],
  CreatePromptInput: ['prompt', ['idempotencyKey']],
  GenerateWithGeminiInput: ['prompt', ['idempotencyKey']],
  GenerateWithSeedreamInput: ['prompt', ['idempotencyKey']],
  UpdatePromptInput: ['prompt', ['id']],
  PackFilter: ['GET /packs'],
  CreatePackInput: ['pack', ['workspaceId']],
  RunPackInput: ['pack run', ['id', 'workspaceId', 'idempotencyKey']],
  CreateWorkspaceInput: ['workspace'],
  UpdateWorkspaceInput: ['workspace', ['id']],
  CreateThemeInput: ['theme', ['numImages', 'w', 'h', 'workspaceId', 'idempotencyKey']],
  CreateDirectUploadInput: ['direct upload'],
  InspectImageInput: ['inspection', ['workspaceId']],
  DescribeImageInput: ['description', ['workspaceId']],
  ClassifyImageInput: ['classification', ['workspaceId']],
};
/** They say which row, and no more; or another input of this list within them does. */
const WITHOUT_PARAMETERS = /^(?:Delete|Like|Unlike|DuplicatePrompt|Media)/;

/** Said otherwise here. */
const OTHERWISE: Record<string, string> = {
  orig_prompt_id: 'originalPromptId',
  generate_audio: 'videoAudio',
  file: 'image',
  // One name for a file and for an address.
  file_url: 'image',
};
const OF_AN_ADDRESS = { file_url: 'imageUrl' };

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

const inputs = Object.values(schema.getTypeMap())
  .filter(isInputObjectType)
  .filter(({ name }) => !WITHOUT_PARAMETERS.test(name));

test('every input is a request for something', () => {
  const missing = inputs.map(({ name }) => name).filter((name) => !INPUTS[name]);
  expect(missing, 'say in INPUTS which parameters the emulator knows them by').toEqual([]);
});

test.each(Object.entries(INPUTS))(
  '%s is all parameters of %j, and no other',
  (name, [object, ours = []]) => {
    const type = schema.getType(name);
    const fields = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    const spelt =
      object === 'description' || object === 'classification' ? OF_AN_ADDRESS : OTHERWISE;
    const known = KNOWN[object].map((each) => [each, ourNameOf(each, spelt)] as const);
    const strange = fields.filter(
      (field) => !ours.includes(field) && !known.some(([, ourName]) => ourName === field),
    );
    expect(strange, `add them to KNOWN['${object}'] of the emulator's parameters.ts`).toEqual([]);
    if (IN_PART.includes(name)) return;
    const leftOut = [...(LEFT_OUT[object] ?? []), ...(LEFT_OUT[name] ?? [])];
    const missing = known.filter(
      ([each, ourName]) => !fields.includes(ourName) && !leftOut.includes(each),
    );
    expect(
      missing.map(([each]) => each),
      `add them to ${name}, or to LEFT_OUT`,
    ).toEqual([]);
  },
);

const ourNameOf = (name: string, otherwise: Record<string, string>) =>
  otherwise[name] ?? camelCase(mediaFieldOf(name) ?? name);

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

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
