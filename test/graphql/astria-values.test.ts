/** Sets of Astria's that go in and out as its own text. */
import { expect, expectTypeOf, test } from 'vitest';
import type { CreatePromptMutationVariables } from '../../client/src/operations.generated.ts';
import { ASTRIA_SETS } from '../../src/graphql/astria-values.ts';
import { startGateway } from '../support/gateway.ts';

const GEMINI = 3618064;
const CREATE = `mutation ($input: CreatePromptInput!) {
  createPrompt(input: $input) { prompt { astriaId aspectRatio resolution scheduler colorGrading } }
}`;
const film = { videoModel: 'seedance2_fast_720p', videoPrompt: 'she walks' };

const valuesOf = (name: keyof typeof ASTRIA_SETS) => Object.keys(ASTRIA_SETS[name].values);
const sets: [field: string, name: keyof typeof ASTRIA_SETS][] = [
  ['aspectRatio', 'AspectRatio'],
  ['resolution', 'Resolution'],
  ['scheduler', 'Scheduler'],
  ['colorGrading', 'ColorGrading'],
];

test.each(sets.flatMap(([field, name]) => valuesOf(name).map((value) => ({ field, value }))))(
  '$field $value is sent as it is, and read as it was sent',
  async ({ field, value }) => {
    const { run, emulator } = await startGateway();
    const input = { tuneId: GEMINI, text: 'a pier', [field]: value };
    const { data, errors } = await run<{ createPrompt: { prompt: object } }>(CREATE, {
      input: value === 'adaptive' ? { ...input, ...film } : input,
    });
    expect(errors).toBeUndefined();
    expect(data?.createPrompt.prompt).toMatchObject({ [field]: value });
    const name = field.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
    expect(emulator.requests[0]?.body).toMatchObject({ prompt: { [name]: value } });
  },
);

test.each(valuesOf('ModelType'))('the model type %s too, also in a filter', async (modelType) => {
  const { run } = await startGateway();
  const input = { title: 'Maya', name: 'woman', modelType, imageUrls: ['https://a.example/1'] };
  const create =
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { modelType } } }';
  const { data } = await run<{ createTune: { tune: { modelType: string } } }>(create, { input });
  expect(data?.createTune.tune).toEqual({ modelType });
  const list =
    'query ($of: ModelType!) { tunes(filter: { modelType: $of }) { nodes { modelType } } }';
  expect(await run(list, { of: modelType })).toEqual({
    data: { tunes: { nodes: [{ modelType }] } },
  });
});

test.each(valuesOf('TrainingPreset'))('the preset %s reaches Astria', async (preset) => {
  const { run, emulator } = await startGateway();
  const input = { title: 'Maya', name: 'woman', preset, imageUrls: ['https://a.example/1'] };
  const create =
    'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }';
  expect((await run(create, { input })).errors).toBeUndefined();
  expect(emulator.requests[0]?.body).toMatchObject({ tune: { preset } });
});

test('what the catalogue tells can be sent as it is', async () => {
  const { run } = await startGateway();
  const { data } = await run<{
    models: {
      imageModels: { tuneId: number; resolutions: string[] }[];
      videoModels: { name: string; aspectRatios: string[]; needsInputVideo: boolean }[];
    };
  }>(`{ models {
    imageModels { tuneId resolutions }
    videoModels { name aspectRatios needsInputVideo }
  } }`);
  const { imageModels = [], videoModels = [] } = data?.models ?? {};
  const pictures = imageModels.flatMap(({ tuneId, resolutions }) =>
    resolutions.map((resolution) => ({ tuneId, text: 'a pier', resolution })),
  );
  const films = videoModels
    .filter(({ needsInputVideo }) => !needsInputVideo)
    .slice(0, 5)
    .flatMap(({ name, aspectRatios }) =>
      aspectRatios.map((aspectRatio) => ({
        ...{ tuneId: GEMINI, text: 'a pier', aspectRatio },
        ...{ videoModel: name, videoPrompt: 'she walks' },
      })),
    );
  expect(pictures.length).toBeGreaterThan(3);
  expect(films.length).toBeGreaterThan(3);
  for (const input of [...pictures, ...films]) {
    const { aspectRatio, resolution } = { aspectRatio: undefined, resolution: undefined, ...input };
    const { data: made } = await run<{ createPrompt: { prompt: object } }>(CREATE, { input });
    const told = { ...(aspectRatio && { aspectRatio }), ...(resolution && { resolution }) };
    expect(made?.createPrompt.prompt).toMatchObject(told);
  }
});

test('what nobody knows is read, and sent; Astria says what it takes', async () => {
  const { run, account, requests } = await startGateway();
  account.addPrompt({ id: 7, resolution: '8K', aspect_ratio: '32:9', color_grading: '' });
  const read = '{ prompt(id: 7) { resolution aspectRatio colorGrading } }';
  const told = { resolution: '8K', aspectRatio: '32:9', colorGrading: '' };
  expect(await run(read)).toEqual({ data: { prompt: told } });
  const { errors } = await run(CREATE, { input: { tuneId: GEMINI, text: 'a pier', ...told } });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'VALIDATION_FAILED',
    source: 'ASTRIA',
    fieldErrors: [
      { path: ['input', 'aspectRatio'], message: 'is not included in the list' },
      { path: ['input', 'resolution'], message: 'is not included in the list' },
    ],
  });
  expect(requests().at(-1)).toBe(`POST /tunes/${GEMINI}/prompts`);
});

test.each(
  Object.entries(ASTRIA_SETS).flatMap(([set, { values }]) =>
    Object.entries(values).map(([value, { formerly }]) => ({ set, value, formerly })),
  ),
)('$formerly, as a variable and in the document, is told to be "$value"', async (old) => {
  const { run, requests } = await startGateway();
  const { set, value, formerly } = old;
  const [mutation, field] = FIELDS[set as keyof typeof FIELDS];
  const asVariable = `mutation ($value: ${set}) { ${mutation}(input: { ${field}: $value }) { query { __typename } } }`;
  const asLiteral = asVariable.replace(/\(\$.*?\)/, '').replace('$value', formerly);
  const remedy = `give ${JSON.stringify(value)}.`;
  for (const answer of [await run(asVariable, { value: formerly }), await run(asLiteral)]) {
    const messages = answer.errors?.map(({ message }) => message).join('\n');
    expect(messages).toContain(remedy);
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
  }
  expect(requests()).toEqual([]);
});

const FIELDS: Record<keyof typeof ASTRIA_SETS, [mutation: string, field: string]> = {
  AspectRatio: ['generateWithGemini', 'text: "a pier", aspectRatio'],
  Resolution: ['generateWithGemini', 'text: "a pier", resolution'],
  Scheduler: ['createPrompt', 'tuneId: 1, scheduler'],
  ColorGrading: ['createPrompt', 'tuneId: 1, colorGrading'],
  ModelType: ['createPack', 'title: "Coast", modelType'],
  TrainingPreset: ['createTune', 'title: "Maya", preset'],
};

test.each([
  ['lora', 'ModelType is a text of Astria\'s, and not lora: give "lora".'],
  ['true', 'ModelType is a text of Astria\'s, and not true: give one of "lora", "pti", "faceid"'],
  ['["lora"]', "ModelType is a text of Astria's, and not ListValue: give one of"],
])('%s, which is no text, is refused in words', async (literal, words) => {
  const { run } = await startGateway();
  const { errors } = await run(
    `mutation { createPack(input: { title: "Coast", modelType: ${literal} }) { pack { id } } }`,
  );
  expect(errors?.[0]?.message).toContain(words);
});

test('TypeScript offers what is known, and takes what is not', () => {
  type Ratio = CreatePromptMutationVariables['aspectRatio'];
  expectTypeOf<Extract<Ratio, '16:9'>>().toEqualTypeOf<'16:9'>();
  expectTypeOf<'32:9'>().toExtend<Ratio>();
  expectTypeOf<number>().not.toExtend<Ratio>();
});
