/** Astria's refusals are told at a place of what was sent, whatever Rails calls it. */
import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { PROMPT_PARAMETERS } from '../../src/entities/prompt/rest.ts';
import { mediaFieldOf } from '../../src/graphql/media.ts';
import { schema } from '../../src/graphql/schema.ts';
import { startGateway } from '../support/gateway.ts';
import { inputWith } from '../support/inputs.ts';

const photo = { url: 'https://a.example/1.jpg' };
const tune = { title: 'Maya', images: [photo] };
const withPrompts = { ...tune, promptsAttributes: [{ text: 'x' }], steps: 300 };

type Case = [mutation: string, input: object, refusal: object, path: string[], message?: string];

const CASES: Case[] = [
  ['createTune', tune, { orig_images: ['x'] }, ['images']],
  ['createTune', { title: 'M', imageUrls: [photo.url] }, { orig_images: ['x'] }, ['imageUrls']],
  ['createTune', { title: 'M', imageUrls: [photo.url] }, { images: ['x'] }, ['imageUrls']],
  ['createTune', tune, { image_urls: ['x'] }, ['images']],
  ['createTune', tune, { 'tune.title': ['x'] }, ['title']],
  ['createTune', tune, { base_tune: ['x'] }, ['baseTuneId']],
  ['createTune', tune, { 'base_tune.branch': ['x'] }, ['baseTuneId']],
  ['createTune', tune, { text: ['x'] }, [], 'text x'],
  ['createTune', tune, { 'prompts.text': ['x'] }, [], 'text x'],
  ['createTune', tune, { prompts: ['x'] }, []],
  ['createTune', withPrompts, { prompts: ['x'] }, ['promptsAttributes']],
  ['createTune', withPrompts, { 'prompts.text': ['x'] }, ['promptsAttributes', 'text']],
  [
    'createTune',
    withPrompts,
    { prompts_attributes: { 0: { input_image_url: ['x'] } } },
    ['promptsAttributes', '0', 'inputImage'],
  ],
  [
    'createTune',
    withPrompts,
    { 'prompts[0].video_prompt': ['x'] },
    ['promptsAttributes', '0', 'videoPrompt'],
  ],
  ['createTune', withPrompts, { text: ['x'] }, ['promptsAttributes', 'text']],
  ['createTune', withPrompts, { pack: ['x'] }, ['promptsAttributes', 'packId']],
  ['createTune', withPrompts, { orig_images: ['x'] }, ['images']],
  ['createTune', withPrompts, { steps: ['x'] }, ['steps']],
  ['createTune', withPrompts, { workspace: ['x'] }, ['workspaceId']],
  ['createTune', withPrompts, { payment: ['x'] }, [], 'payment x'],
  ['createTune', withPrompts, { 'prompts.payment': ['x'] }, ['promptsAttributes'], 'payment x'],
  ['createTune', withPrompts, { constructor: ['x'] }, [], 'constructor x'],
  ['createTune', tune, { 'characteristics.age': ['x'] }, ['characteristics', 'age']],
  ['createTune', tune, { 'title.first': ['x'] }, ['title'], 'first x'],
  ['createPrompt', { tuneId: 1, text: 'x' }, { 'prompt.text': ['x'] }, ['text']],
  ['createPrompt', { tuneId: 1, text: 'x' }, { 'tune.trained_at': ['x'] }, ['tuneId']],
  ['createPrompt', { tuneId: 1, text: 'x' }, { input_image_base64: ['x'] }, ['inputImage']],
  ['createPrompt', { tuneId: 1, text: 'x' }, { generate_audio: ['x'] }, ['videoAudio']],
  ['duplicatePrompt', { id: 1 }, { text: ['x'] }, [], 'text x'],
  ['duplicatePrompt', { id: 1, imageIndex: 0 }, { image_index: ['x'] }, ['imageIndex']],
  ['duplicatePrompt', { id: 1 }, { orig_prompt: ['x'] }, ['id']],
  ['duplicatePrompt', { id: 1, overrides: { seed: 5 } }, { text: ['x'] }, ['overrides', 'text']],
  [
    'duplicatePrompt',
    { id: 1, overrides: { seed: 5 } },
    { 'prompt.video_last_frame': ['x'] },
    ['overrides', 'videoLastFrame'],
  ],
  ['runPack', { id: 1, tuneIds: [1] }, { 'prompts.text': ['x'] }, [], 'text x'],
  ['runPack', { id: 1, tuneIds: [1] }, { 'prompt_attributes.w': ['x'] }, [], 'w x'],
  ['runPack', { id: 1, tuneIds: [1] }, { tunes: ['x'] }, ['tuneIds']],
  ['runPack', { id: 1, ...tune }, { image_urls: ['x'] }, ['images']],
  ['runPack', { id: 1, ...tune }, { orig_images: ['x'] }, ['images']],
  [
    'runPack',
    { id: 1, tuneIds: [1], promptAttributes: { seed: 5 } },
    { 'prompt.text': ['x'] },
    ['promptAttributes', 'text'],
  ],
  ['createTheme', { theme: 'sea', tuneIds: [1], w: 512 }, { 'prompt_attributes.w': ['x'] }, ['w']],
  ['createTheme', { theme: 'sea', tuneIds: [1] }, { 'prompts.num_images': ['x'] }, ['numImages']],
  ['createTheme', { theme: 'sea', tuneIds: [1] }, { 'theme.tunes': ['x'] }, ['tuneIds']],
  ['createPack', { title: 'x' }, { 'pack.title': ['x'] }, ['title']],
  ['updatePrompt', { id: 1, packId: 2 }, { 'pack.slug': ['x'] }, ['packId']],
  ['updateTune', { id: 1, title: 'x' }, { 'tune.title': ['x'] }, ['title']],
  ['updateWorkspace', { id: 1, brief: 'x' }, { landing_page_html: ['x'] }, ['landingPageHtml']],
  ['inspectImage', { image: photo }, { file_url: ['x'] }, ['image']],
];

test.each(CASES)(
  '%s with %j, refused with %j',
  async (...[mutation, input, refusal, path, message = 'x']) => {
    const { run, emulator } = await startGateway();
    emulator.fail({ status: 422, body: refusal });
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { errors } = await run(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`,
      { input },
    );
    expect(errors?.[0]?.extensions).toEqual({
      code: 'VALIDATION_FAILED',
      source: 'ASTRIA',
      fieldErrors: [{ path: ['input', ...path], message }],
    });
  },
);

test('every parameter of a prompt is known as one', () => {
  const input = schema.getType('PromptAttributesInput');
  const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
  const known = PROMPT_PARAMETERS.map((name) =>
    (mediaFieldOf(name) ?? name).replace(/_+(\w)/g, (_, letter) => letter.toUpperCase()),
  );
  const missing = fields.filter((name) => !known.includes(name));
  expect(missing, 'add them to PROMPT_PARAMETERS, in Astria’s spelling').toEqual([]);
});

/** `prompts` of a run are those that it makes, not the templates that it is asked for. */
const BY_IDS = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((mutation) => {
  const type = mutation.args[0]?.type as GraphQLInputType;
  const input = getNamedType(type);
  const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
  return fields
    .filter((name) => /.Ids?$/.test(name) && name !== 'promptIds')
    .map((name) => [mutation.name, name, type] as const);
});

test.each(BY_IDS)('%s, refused for what its `%s` names, says so', async (mutation, name, type) => {
  const { run, emulator } = await startGateway();
  const object = name.replace(/Id(s?)$/, '$1').replace('original', 'orig');
  const told = object.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  emulator.fail({ status: 422, body: { [told]: ['x'] } });
  const { errors } = await run(
    `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`,
    { input: inputWith(type, [name], '11') },
  );
  expect(
    errors?.[0]?.extensions?.fieldErrors,
    `say it in \`names\` of its call, by Astria's name: \`${told}_id\`, in its path too if it is there`,
  ).toEqual([{ path: ['input', name], message: 'x' }]);
});
