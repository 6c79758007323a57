/** All that costs money, in the forms in which it is sent, and what others make that looks like it. */

const FLUX = 1504944;
const GEMINI = 3618064;
const BOOTS_PACK = 4001;
const TEMPLATE = 501;
const PHOTO = 'https://a.example/1.jpg';

/** What was made before, to make something of. */
export interface Ground {
  tuneIds: readonly number[];
  promptId: number;
}

/** What others send to Astria themselves. */
export interface Post {
  path: string;
  body: object;
}

export interface Mutation {
  /** What it is called here. */
  name: string;
  field: string;
  /** Of one mark, which is in all that reaches Astria of it. */
  input(mark: string, ground: Ground): object;
  files: readonly string[];
  /** Whether it leaves something that it can be known by. */
  isSought: boolean;
  /** Equal to what it sends in every field; or, not `exact`, in its title or text alone. */
  twin(mark: string, ground: Ground, isExact: boolean): Post;
}

export const markOf = (round: number) => `mark-${String(round).padStart(5, '0')}-`;
export const markIn = (text: string) => /mark-\d{5}-/.exec(text)?.[0];

const tune = (mark: string, isExact = true) => ({
  ...{ title: `pier ${mark}`, name: isExact ? 'woman' : 'man', model_type: 'faceid' },
  ...{ base_tune_id: GEMINI, image_urls: [PHOTO] },
});
const prompt = (mark: string, isExact = true) => ({
  ...{ text: `a pier ${mark}`, num_images: isExact ? 1 : 2 },
});
const tuneInput = (mark: string) => ({
  ...{ title: `pier ${mark}`, name: 'woman', modelType: 'faceid', baseTuneId: String(GEMINI) },
});
const promptInput = (mark: string) => ({ text: `a pier ${mark}`, numImages: 1 });
const tuneTwin: Mutation['twin'] = (mark, _, isExact) => ({
  ...{ path: '/tunes', body: { tune: tune(mark, isExact) } },
});
const promptTwin =
  (tuneId: number): Mutation['twin'] =>
  (mark, _, isExact) => ({
    ...{ path: `/tunes/${tuneId}/prompts`, body: { prompt: prompt(mark, isExact) } },
  });
const SOUGHT = { isSought: true, files: [] };
const TRACELESS = { isSought: false, files: [] };

export const MUTATIONS: readonly Mutation[] = [
  {
    ...{ name: 'createTune', field: 'createTune', ...SOUGHT, twin: tuneTwin },
    input: (mark) => ({ ...tuneInput(mark), imageUrls: [PHOTO] }),
  },
  {
    ...{ name: 'createTune, files', field: 'createTune', ...SOUGHT, twin: tuneTwin },
    files: ['images.0.file', 'images.1.file'],
    input: (mark) => ({ ...tuneInput(mark), images: [{ file: null }, { file: null }] }),
  },
  {
    ...{ name: 'createPrompt', field: 'createPrompt', ...SOUGHT, twin: promptTwin(FLUX) },
    input: (mark) => ({ tuneId: FLUX, ...promptInput(mark) }),
  },
  {
    ...{ name: 'createPrompt, a file', field: 'createPrompt', ...SOUGHT },
    files: ['inputImage.file'],
    input: (mark) => ({ tuneId: FLUX, ...promptInput(mark), inputImage: { file: null } }),
    twin: (mark, _, isExact) => ({
      path: `/tunes/${FLUX}/prompts`,
      body: { prompt: { ...prompt(mark, isExact), input_image_url: PHOTO } },
    }),
  },
  {
    ...{ name: 'generateWithGemini', field: 'generateWithGemini', ...SOUGHT },
    ...{ twin: promptTwin(GEMINI), input: promptInput },
  },
  {
    ...{ name: 'generateWithSeedream', field: 'generateWithSeedream', ...SOUGHT },
    ...{ twin: promptTwin(3691308), input: promptInput },
  },
  {
    ...{ name: 'duplicatePrompt', field: 'duplicatePrompt', ...SOUGHT },
    input: (mark, { promptId }) => ({ id: promptId, overrides: promptInput(mark) }),
    twin: (mark, { promptId }, isExact) => ({
      path: `/prompts/${promptId}/duplicate`,
      body: { prompt: prompt(mark, isExact) },
    }),
  },
  {
    ...{ name: 'runPack, photos', field: 'runPack', ...SOUGHT, twin: tuneTwin },
    input: (mark) => ({
      ...{ id: BOOTS_PACK, title: `pier ${mark}`, name: 'woman', promptIds: [TEMPLATE] },
      images: [{ url: PHOTO }],
    }),
  },
  {
    ...{ name: 'runPack, tunes', field: 'runPack', ...TRACELESS },
    input: (mark, { tuneIds }) => ({
      ...{ id: BOOTS_PACK, tuneIds, brief: mark, promptIds: [TEMPLATE] },
    }),
    twin: (mark, { tuneIds }) => ({
      path: `/p/${BOOTS_PACK}/tunes`,
      body: { tune: { tune_ids: tuneIds, brief: mark, prompt_ids: [TEMPLATE] } },
    }),
  },
  {
    ...{ name: 'createTheme', field: 'createTheme', ...TRACELESS },
    input: (mark, { tuneIds }) => ({ theme: `sea ${mark}`, tuneIds, numImages: 1 }),
    twin: (mark, { tuneIds }) => ({
      path: '/themes',
      body: { theme: { theme: `sea ${mark}`, tune_ids: tuneIds } },
    }),
  },
];

const MADE: Record<string, string> = {
  createTune: 'tune { astriaId }',
  runPack: 'tune { astriaId } order { astriaId }',
  createTheme: '__typename',
};

/** `viewer` is read after the write is recorded: there the answer can be held. */
export function operationOf({ field }: Mutation): string {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const made = MADE[field] ?? 'prompt { astriaId }';
  return `mutation ($input: ${type}!) { ${field}(input: $input) { ${made} query { viewer { email } } } }`;
}

/** What was made, as the gateway's answer names it; of what has no name: that it was. */
export function madeIn(payload: Record<string, { astriaId?: number } | null>): string {
  const { tune, prompt, order } = payload;
  return String((tune ?? prompt ?? order)?.astriaId ?? 'something');
}

/** The same, as Astria's does. */
export function madeBy(body: string): string {
  const told = body ? JSON.parse(body) : {};
  return String(told.id ?? told.order?.id ?? 'something');
}
