/** Closed sets of Astria's, as it takes them. On the way out they are strings: new values appear unannounced. */
import { builder } from '../../graphql/builder.ts';

const ratio = (value: string, shape: string) => ({ value, description: `${value}, ${shape}.` });

export const AspectRatio = builder.enumType('AspectRatio', {
  description: 'Width to height.',
  values: {
    RATIO_1_1: ratio('1:1', 'square'),
    RATIO_16_9: ratio('16:9', 'wide'),
    RATIO_9_16: ratio('9:16', 'tall, as a phone'),
    RATIO_21_9: ratio('21:9', 'very wide, as in a cinema'),
    RATIO_9_21: ratio('9:21', 'very tall'),
    RATIO_3_2: ratio('3:2', 'wide, as a photo'),
    RATIO_2_3: ratio('2:3', 'tall, as a photo'),
    RATIO_5_4: ratio('5:4', 'slightly wide'),
    RATIO_4_5: ratio('4:5', 'slightly tall, as a portrait'),
    RATIO_4_3: ratio('4:3', 'wide, as an older screen'),
    RATIO_3_4: ratio('3:4', 'tall, as an older screen on its side'),
  } as const,
});

export const Resolution = builder.enumType('Resolution', {
  description: 'The size of the output. Which values a model takes, the catalogue says (`models`).',
  values: {
    RES_1K: { value: '1K', description: '1K.' },
    RES_2K: { value: '2K', description: '2K, the default of Gemini.' },
    RES_4K: { value: '4K', description: '4K.' },
  } as const,
});

export const Scheduler = builder.enumType('Scheduler', {
  description: 'The sampler of a diffusion model.',
  values: {
    EULER: { value: 'euler', description: 'euler.' },
    EULER_A: { value: 'euler_a', description: 'euler_a, Euler ancestral.' },
    DPMPP_2M_KARRAS: { value: 'dpm++2m_karras', description: 'dpm++2m_karras.' },
    DPMPP_SDE_KARRAS: { value: 'dpm++sde_karras', description: 'dpm++sde_karras.' },
    DPMPP_2M: { value: 'dpm++2m', description: 'dpm++2m.' },
    DPMPP_SDE: { value: 'dpm++sde', description: 'dpm++sde.' },
    LCM: { value: 'lcm', description: 'lcm, for a few steps.' },
    TCD: { value: 'tcd', description: 'tcd, for a few steps.' },
  } as const,
});

export const ColorGrading = builder.enumType('ColorGrading', {
  description: 'A film to imitate.',
  values: {
    FILM_VELVIA: { value: 'Film Velvia', description: 'Film Velvia: saturated colours.' },
    FILM_PORTRA: { value: 'Film Portra', description: 'Film Portra: soft, warm skin.' },
    EKTAR: { value: 'Ektar', description: 'Ektar: vivid and fine-grained.' },
  } as const,
});
