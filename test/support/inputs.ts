/** Inputs of mutations, made up by their types. */
import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Of whatever an input names. */
const SAMPLE_ID = '11';

const VIDEO = { text: `<lora:${SAMPLE_ID}:1> x`, videoModel: 'x', videoPrompt: 'x' };

/** What an input needs beside its required fields. */
const NEEDED: Record<string, object> = {
  CreatePromptInput: VIDEO,
  PromptAttributesInput: VIDEO,
  CreateTuneInput: { imageUrls: ['https://a.example/1'] },
  RunPackInput: { tuneIds: [SAMPLE_ID] },
  MediaInput: { url: 'https://a.example/1' },
  VideoSourceInput: { url: 'https://a.example/1' },
  UpdatePromptInput: { basePackId: SAMPLE_ID },
  UpdateTuneInput: { title: 'x' },
  UpdateWorkspaceInput: { title: 'x' },
};

const SAMPLES: Record<string, unknown> = { ID: SAMPLE_ID, URL: 'https://a.example/1', Int: 1 };

/** A value of the type, with one at a place of it. */
export function inputWith(
  type: GraphQLInputType,
  path: readonly string[],
  value: unknown,
): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [inputWith(bare.ofType, path, value)];
  const [name, ...rest] = path;
  if (!isInputObjectType(bare)) return value;
  const fields = bare.getFields();
  const needed = Object.values(fields)
    .filter((field) => isNonNullType(field.type))
    .map((field) => [field.name, sampleOf(field.type)]);
  const field = name === undefined ? undefined : fields[name];
  return {
    ...Object.fromEntries(needed),
    ...NEEDED[bare.name],
    ...(field && { [field.name]: inputWith(field.type, rest, value) }),
  };
}

const sampleOf = (type: GraphQLInputType) =>
  inputWith(type, [], SAMPLES[getNamedType(type).name] ?? 'x');
