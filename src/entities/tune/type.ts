import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { connectionType } from '../../graphql/connection.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { badRequest } from '../../graphql/errors.ts';
import { existing } from '../../graphql/existing.ts';
import { globalId } from '../../graphql/ids.ts';
import { MoneyType } from '../../graphql/money.ts';
import { loadsNode, NodeInterface } from '../../graphql/node.ts';
import { shownCallback } from '../../graphql/our-callback.ts';
import { type Scope, scopeIn, scopeOf } from '../../scope.ts';
import { type TuneRow, tuneById } from './loader.ts';
import type { Tune } from './rest.ts';
import { statusOfTune } from './status.ts';

export const TuneType = builder.objectRef<TuneRow>('Tune');
export const TuneConnectionType = connectionType(TuneType, 'Tune');

loadsNode('Tune', (context, id) => tuneById(scopeIn(context)).load(id));

const TuneStatus = builder.enumType('TuneStatus', {
  description:
    'The progress of a tune. Derived from its dates, because Astria reports neither a status nor failed trainings.',
  values: {
    QUEUED: { description: 'Training has not begun.' },
    TRAINING: { description: 'Training has begun; `eta` says when it should be done.' },
    READY: {
      description: 'Prompts can use it. Foundation models and the gallery are always ready.',
    },
    EXPIRED: { description: 'Its files were deleted at `expiresAt`; it can no longer be used.' },
  } as const,
});

TuneType.implement({
  description:
    'A fine-tuned model, or an instant reference (faceid) that needs no training. Foundation models are tunes too.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      extensions: FOR_ALL,
      description: 'The global id.',
      resolve: (tune) => globalId('Tune', tune.id),
    }),
    astriaId: t.expose('id', {
      type: 'SafeInt',
      nullable: false,
      extensions: FOR_ALL,
      description: "Astria's number.",
    }),
    title: t.exposeString('title', {
      extensions: FOR_ALL,
      description: 'The name that its owner gave it.',
    }),
    name: t.exposeString('name', {
      extensions: FOR_ALL,
      description: 'The class of its subject: man, woman, dress … Null if none was given.',
    }),
    status: t.field({
      type: TuneStatus,
      nullable: false,
      extensions: FOR_ALL,
      description: 'How far it is.',
      resolve: (tune, _, { now }) => statusOfTune(tune, now()),
    }),
    token: t.exposeString('token', {
      extensions: FOR_ALL,
      description:
        'The word that stands for the subject in a text, such as `ohwx`. Null for a faceid.',
    }),
    reference: t.string({
      extensions: FOR_ALL,
      description:
        'What to paste into the text of a prompt to use this tune: `<lora:123:1> ohwx woman`. Null for a tune that texts cannot refer to (a checkpoint: send the prompt to it instead).',
      args: {
        strength: t.arg.float({
          defaultValue: 1,
          description: 'How strongly the tune acts: 1 is full strength; -100 to 100.',
        }),
      },
      resolve: (tune, { strength }) => referenceTo(tune, checkedStrength(strength ?? 1)),
    }),
    modelType: t.expose('model_type', {
      type: 'ModelType',
      extensions: FOR_ALL,
      description: 'What it is; null for a checkpoint.',
    }),
    branch: t.exposeString('branch', {
      extensions: FOR_ALL,
      description:
        'The family of its base model: flux1, sd15, sdxl1, fast … New values may appear.',
    }),
    baseTuneId: t.expose('base_tune_id', {
      type: 'SafeInt',
      extensions: FOR_ALL,
      description: "Astria's number of the model it was trained on.",
    }),
    baseTune: t.field({
      type: TuneType,
      description: 'The model it was trained on; null for a foundation model.',
      extensions: upstream({ ids: 1 }),
      resolve: (tune, _, context) => existingTune(tune.base_tune_id, scopeOf(context, tune)),
    }),
    isApi: t.exposeBoolean('is_api', {
      extensions: FOR_ALL,
      description: 'Whether it was made through the API.',
    }),
    args: t.exposeString('args', { description: 'The training parameters Astria settled on.' }),
    steps: t.exposeInt('steps', { extensions: FOR_ALL, description: 'Training steps.' }),
    faceCrop: t.exposeBoolean('face_crop', {
      extensions: FOR_ALL,
      description: 'Whether the photos were also cropped to the face for training.',
    }),
    trainingFaceCorrect: t.exposeBoolean('training_face_correct', {
      description: 'Whether the faces in the photos were improved before training.',
    }),
    ckptUrl: t.expose('ckpt_url', {
      type: 'URL',
      description: "The address of the model's file.",
    }),
    ckptUrls: t.field({
      type: ['URL'],
      nullable: { list: false, items: false },
      description: "The addresses of the model's files.",
      resolve: (tune) => tune.ckpt_urls ?? [],
    }),
    eta: t.expose('eta', { type: 'DateTime', description: 'When training should be done.' }),
    startedTrainingAt: t.expose('started_training_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When training began; null before.',
    }),
    trainedAt: t.expose('trained_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description:
        'When training was done; null before. For a faceid, a moment before `createdAt`.',
    }),
    expiresAt: t.expose('expires_at', {
      type: 'DateTime',
      description: 'When Astria deletes its files: 30 days after training, unless `autoExtend`.',
    }),
    createdAt: t.expose('created_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When it was made.',
    }),
    updatedAt: t.expose('updated_at', {
      type: 'DateTime',
      extensions: FOR_ALL,
      description: 'When it last changed.',
    }),
    callback: t.field({
      type: 'URL',
      description:
        'Where Astria posts the tune once it is trained. Sent once, never retried, unsigned.',
      resolve: shownCallback,
    }),
    url: t.expose('url', { type: 'URL', description: "Its address in Astria's REST API." }),
    origImages: t.field({
      type: ['URL'],
      nullable: { list: false, items: false },
      description: 'The photos it was trained on.',
      resolve: (tune) => tune.orig_images ?? [],
    }),
    cost: t.field({
      type: MoneyType,
      description: 'What the training cost.',
      resolve: (tune) => tune.cost_mc,
    }),
    characteristics: t.expose('characteristics', {
      type: 'JSON',
      description: 'Facts about the subject, from its owner: `{"eye_color": "brown"}`.',
    }),
    autoExtend: t.exposeBoolean('auto_extend', {
      description: 'Whether it is kept, at a fee, when it would expire.',
    }),
  }),
});

/** Loads a tune that another object names. */
export const existingTune = (id: number | null | undefined, scope: Scope) =>
  existing('Tune', id, tuneById(scope));

const MAX_STRENGTH = 100;

function checkedStrength(strength: number): number {
  if (Math.abs(strength) <= MAX_STRENGTH) return strength;
  const limit = { name: 'strength', max: MAX_STRENGTH, found: strength };
  throw badRequest(
    `\`strength\` is ${strength}; it can be -${MAX_STRENGTH} to ${MAX_STRENGTH}.`,
    limit,
  );
}

const REFERABLE = ['lora', 'faceid'];

function referenceTo({ id, model_type, token, name }: Tune, strength: number) {
  if (!model_type || !REFERABLE.includes(model_type)) return null;
  // Formatted without an exponent, which a token cannot have.
  const plain = Number(strength.toFixed(4));
  return [`<${model_type}:${id}:${plain}>`, token, name].filter(Boolean).join(' ');
}
