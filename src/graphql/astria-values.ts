/**
 * Sets of values whose members are not GraphQL names, or that grow without notice. They are passed as Astria's own text both
 * ways, so that a value that was read can be sent back. Astria decides about unknown values.
 */
import { GraphQLScalarType, Kind } from 'graphql';

interface KnownValue {
  means: string;
  /** Its name while the set was an enum. */
  formerly: string;
}

interface AstriaSet {
  description: string;
  values: Readonly<Record<string, KnownValue>>;
}

const AspectRatio: AstriaSet = {
  description: 'Width to height.',
  values: {
    '1:1': { means: 'square', formerly: 'RATIO_1_1' },
    '16:9': { means: 'wide', formerly: 'RATIO_16_9' },
    '9:16': { means: 'tall, as a phone', formerly: 'RATIO_9_16' },
    '21:9': { means: 'very wide, as in a cinema', formerly: 'RATIO_21_9' },
    '9:21': { means: 'very tall', formerly: 'RATIO_9_21' },
    '3:2': { means: 'wide, as a photo', formerly: 'RATIO_3_2' },
    '2:3': { means: 'tall, as a photo', formerly: 'RATIO_2_3' },
    '5:4': { means: 'slightly wide', formerly: 'RATIO_5_4' },
    '4:5': { means: 'slightly tall, as a portrait', formerly: 'RATIO_4_5' },
    '4:3': { means: 'wide, as an older screen', formerly: 'RATIO_4_3' },
    '3:4': { means: 'tall, as an older screen on its side', formerly: 'RATIO_3_4' },
    adaptive: { means: 'that of what a Seedance 2 video begins with', formerly: 'ADAPTIVE' },
  },
};

const Resolution: AstriaSet = {
  description: 'The size of the output. Which values a model takes, the catalogue says (`models`).',
  values: {
    '1K': { means: 'the smallest', formerly: 'RES_1K' },
    '2K': { means: 'the default of Gemini', formerly: 'RES_2K' },
    '4K': { means: 'the largest', formerly: 'RES_4K' },
  },
};

const Scheduler: AstriaSet = {
  description: 'The sampler of a diffusion model.',
  values: {
    euler: { means: 'Euler', formerly: 'EULER' },
    euler_a: { means: 'Euler ancestral', formerly: 'EULER_A' },
    'dpm++2m_karras': { means: 'DPM++ 2M Karras', formerly: 'DPMPP_2M_KARRAS' },
    'dpm++sde_karras': { means: 'DPM++ SDE Karras', formerly: 'DPMPP_SDE_KARRAS' },
    'dpm++2m': { means: 'DPM++ 2M', formerly: 'DPMPP_2M' },
    'dpm++sde': { means: 'DPM++ SDE', formerly: 'DPMPP_SDE' },
    lcm: { means: 'for a few steps', formerly: 'LCM' },
    tcd: { means: 'for a few steps', formerly: 'TCD' },
  },
};

const ColorGrading: AstriaSet = {
  description: 'A film to imitate.',
  values: {
    'Film Velvia': { means: 'saturated colours', formerly: 'FILM_VELVIA' },
    'Film Portra': { means: 'soft, warm skin', formerly: 'FILM_PORTRA' },
    Ektar: { means: 'vivid and fine-grained', formerly: 'EKTAR' },
  },
};

const ModelType: AstriaSet = {
  description: 'What a tune is trained to. A checkpoint, a whole model of its own, has none.',
  values: {
    lora: { means: 'a small addition to a base model; what most want', formerly: 'LORA' },
    pti: { means: 'a LoRA with a learned token, on SDXL', formerly: 'PTI' },
    faceid: {
      means: 'an instant reference, ready at once without training',
      formerly: 'FACEID',
    },
  },
};

const TrainingPreset: AstriaSet = {
  description: 'How to train a LoRA on Flux.',
  values: {
    'flux-lora-focus': { means: 'closest to the subject', formerly: 'FLUX_LORA_FOCUS' },
    'flux-lora-portrait': { means: 'for people', formerly: 'FLUX_LORA_PORTRAIT' },
    'flux-lora-fast': { means: 'cheaper and sooner done', formerly: 'FLUX_LORA_FAST' },
  },
};

/** The sets by the names of their scalars. */
export const ASTRIA_SETS = {
  AspectRatio,
  Resolution,
  Scheduler,
  ColorGrading,
  ModelType,
  TrainingPreset,
};
export type AstriaSetName = keyof typeof ASTRIA_SETS;

export function astriaScalar(name: AstriaSetName): GraphQLScalarType<string, string> {
  const { description, values } = ASTRIA_SETS[name];
  const known = Object.entries(values).map(([value, { means }]) => `- \`${value}\`: ${means}`);
  const parseValue = (value: unknown) => astriaText(name, value);
  return new GraphQLScalarType({
    name,
    description: `${description} A text of Astria's, in and out; those that are known:\n${known.join('\n')}\n\nOthers are passed on, and Astria says whether it takes them.`,
    serialize: (value) => value as string,
    extensions: { goesOut: 'text' },
    parseValue,
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING) return parseValue(node.value);
      throw notText(name, 'value' in node ? String(node.value) : node.kind);
    },
  });
}

function astriaText(name: AstriaSetName, value: unknown): string {
  if (typeof value !== 'string') throw notText(name, JSON.stringify(value));
  if (formerlyCalled(name, value) === undefined) return value;
  throw notText(name, value);
}

const formerlyCalled = (name: AstriaSetName, word: string) =>
  Object.entries(ASTRIA_SETS[name].values).find(([, { formerly }]) => formerly === word)?.[0];

/** Names the intended value if it can be recognized. */
function notText(name: AstriaSetName, found: string) {
  const { values } = ASTRIA_SETS[name];
  const meant = formerlyCalled(name, found) ?? (Object.hasOwn(values, found) ? found : undefined);
  const all = Object.keys(values).map((value) => JSON.stringify(value));
  const remedy = meant
    ? JSON.stringify(meant)
    : `one of ${all.join(', ')}, or another that Astria takes`;
  return new TypeError(`${name} is a text of Astria's, and not ${found}: give ${remedy}.`);
}
