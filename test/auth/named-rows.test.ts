/** Every field of a mutation that can name a row is looked at, for callers who may use some workspaces only. */
import {
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { IN_679, startBound } from '../support/bound.ts';
import { bearer } from '../support/gateway-keys.ts';
import { inputWith } from '../support/inputs.ts';

/** The number of no row. In the caller's own workspace is one of each type with the number of `SAMPLE_ID`. */
const NOWHERE = '99';

/** These may not stand within another input: the one around it says where all is made. */
const REFUSED = [
  'createTune(input.promptsAttributes.workspaceId)',
  'runPack(input.promptAttributes.workspaceId)',
];

interface Place {
  mutation: string;
  input: GraphQLInputType;
  path: string[];
  field: GraphQLInputField;
}

const PLACES = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((mutation) =>
  mutation.args.flatMap(({ type }) =>
    fieldsOf(type).map(({ path, field }): Place => {
      return { mutation: mutation.name, input: type, path, field };
    }),
  ),
);

/** All there are, those of inputs within it too. */
function fieldsOf(
  type: GraphQLInputType,
  above: string[] = [],
): { path: string[]; field: GraphQLInputField }[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const path = [...above, field.name];
    return [{ path, field }, ...fieldsOf(field.type, path)];
  });
}

async function startWithRows() {
  const studio = await startBound();
  const { account } = studio;
  account.addPrompt({ id: 11, tune_id: 11, order_id: 11, workspace_id: 679 });
  account.addPack({ id: 11, workspace_id: 679 });
  account.addWorkspace({ id: 11 });
  return studio;
}

async function send({ mutation, input, path }: Place, value: string) {
  const { run, requests } = await startWithRows();
  const { errors } = await run(
    `mutation ($input: ${input}) { ${mutation}(input: $input) { __typename } }`,
    { input: inputWith(input, path, value) },
    { ...bearer('bound'), ...IN_679 },
  );
  return {
    code: errors?.[0]?.extensions?.code,
    writes: requests().filter((call) => !call.startsWith('GET')),
  };
}

const named = (place: Place) => `${place.mutation}(input.${place.path.join('.')})`;
const isOfType = (type: string) => (place: Place) => getNamedType(place.field.type).name === type;
const ROWS = PLACES.filter(isOfType('ID'))
  .map((place) => [named(place), place] as const)
  .filter(([name]) => !REFUSED.includes(name));

test.each(ROWS)('%s says which rows it names, in `names` of its call', async (_, place) => {
  const { code, writes } = await send(place, NOWHERE);
  expect(writes).toEqual([]);
  expect(['NOT_FOUND', 'FORBIDDEN']).toContain(code);
});

/** Those whose description tells clients that tunes are named in them. */
const TEXTS = PLACES.filter(isOfType('String'))
  .filter(({ field }) => /<(?:lora|faceid):/.test(field.description ?? ''))
  .map((place) => [named(place), place] as const);

test.each(TEXTS)('%s says that tunes are named in it, in `names` of its call', async (_, place) => {
  const { code, writes } = await send(place, `<lora:${NOWHERE}:1> x`);
  expect(writes).toEqual([]);
  expect(code).toBe('NOT_FOUND');
});

test('a text that names no tunes is nobody’s but its author’s', async () => {
  const { ask, requests } = await startBound();
  const token = `<lora:${NOWHERE}:1>`;
  const { errors } = await ask(
    `mutation { updateTune(input: { id: 11, title: "${token}", characteristics: { text: "${token}" } }) { tune { id } } }`,
    IN_679,
  );
  expect(errors).toBeUndefined();
  expect(requests().filter((call) => !call.startsWith('GET'))).toEqual(['PATCH /tunes/11']);
});
