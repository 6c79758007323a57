import { builder } from '../../graphql/builder.ts';
import { FOR_ALL } from '../../graphql/caching.ts';
import { upstream } from '../../graphql/cost/cost.ts';
import { scopeIn } from '../../scope.ts';
import { existingTune, TuneType } from '../tune/type.ts';
import type { Catalogue, ImageModel, VideoModel } from './rest.ts';

type Named<Model> = Model & { name: string };

const ImageModelType = builder.objectRef<Named<ImageModel>>('ImageModel').implement({
  description: 'A model that makes images.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      extensions: FOR_ALL,
      description: 'Its short name: gemini.',
    }),
    title: t.exposeString('title', {
      extensions: FOR_ALL,
      description: 'Its name for people: Nano Banana Pro.',
    }),
    tuneId: t.expose('tune_id', {
      type: 'SafeInt',
      extensions: FOR_ALL,
      description: "Astria's number of the tune that prompts are sent to, for `createPrompt`.",
    }),
    tune: t.field({
      type: TuneType,
      description: 'The tune that prompts are sent to.',
      extensions: upstream({ ids: 1 }),
      resolve: ({ tune_id }, _, context) => existingTune(tune_id, scopeIn(context)),
    }),
    resolutions: t.field({
      type: ['Resolution'],
      nullable: { list: false, items: false },
      extensions: FOR_ALL,
      description: 'The resolutions that it accepts. Empty if it accepts none.',
      resolve: ({ resolutions }) => resolutions ?? [],
    }),
  }),
});

const VideoModelType = builder.objectRef<Named<VideoModel>>('VideoModel').implement({
  description: 'A model that makes videos.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      extensions: FOR_ALL,
      description: 'Its short name, for `videoModel`: seedance2_fast_720p.',
    }),
    title: t.exposeString('title', { extensions: FOR_ALL, description: 'Its name for people.' }),
    aspectRatios: t.field({
      type: ['AspectRatio'],
      nullable: { list: false, items: false },
      extensions: FOR_ALL,
      description: 'The aspect ratios that it accepts.',
      resolve: ({ aspect_ratios }) => aspect_ratios ?? [],
    }),
    motionControl: t.exposeBoolean('motion_control', {
      extensions: FOR_ALL,
      description: 'Whether it takes the motion from an input video.',
    }),
    needsInputVideo: t.exposeBoolean('needs_input_video', {
      extensions: FOR_ALL,
      description: 'Whether `inputVideo` must be given.',
    }),
    supportsLastFrame: t.exposeBoolean('supports_last_frame', {
      extensions: FOR_ALL,
      description: 'Whether it takes `videoLastFrame`.',
    }),
    supportsImageReferences: t.exposeBoolean('supports_image_references', {
      extensions: FOR_ALL,
      description: 'Whether it takes `imageReferences`.',
    }),
    supportsAudioReference: t.exposeBoolean('supports_audio_reference', {
      extensions: FOR_ALL,
      description: 'Whether it takes `audioReference`.',
    }),
    generatesAudio: t.exposeBoolean('generates_audio', {
      extensions: FOR_ALL,
      description: 'Whether its videos can have sound.',
    }),
  }),
});

const named = <Model>(models: Record<string, Model> | null | undefined): Named<Model>[] =>
  Object.entries(models ?? {}).map(([name, model]) => ({ ...model, name }));

export const ModelCatalogueType = builder.objectRef<Catalogue>('ModelCatalogue').implement({
  description: 'The models that generate images and videos.',
  fields: (t) => ({
    imageModels: t.field({
      type: [ImageModelType],
      nullable: { list: false, items: false },
      description: 'The models that make images.',
      extensions: { ...upstream({ rows: 15 }), ...FOR_ALL },
      resolve: ({ models }) => named(models),
    }),
    videoModels: t.field({
      type: [VideoModelType],
      nullable: { list: false, items: false },
      description: 'The models that make videos.',
      extensions: { ...upstream({ rows: 15 }), ...FOR_ALL },
      resolve: ({ video_models }) => named(video_models),
    }),
    defaultImageModel: t.field({
      type: ImageModelType,
      extensions: FOR_ALL,
      description: "Astria's own choice among the models that make images.",
      resolve: (catalogue) =>
        named(catalogue.models).find(
          (model) => model.name === catalogue.default || (!catalogue.default && model.default),
        ),
    }),
    defaultVideoModel: t.field({
      type: VideoModelType,
      extensions: FOR_ALL,
      description: "Astria's own choice among the models that make videos.",
      resolve: (catalogue) =>
        named(catalogue.video_models).find(({ name }) => name === catalogue.default_video_model),
    }),
  }),
});
