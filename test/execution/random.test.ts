/** Whatever is asked, and whatever comes of it: both executors say the same. */
import fc from 'fast-check';
import {
  defaultFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { both } from '../support/both-executors.ts';
import { drawDocument } from '../support/documents.ts';
import { KIND, library } from '../support/library.ts';
import { unreliable } from '../support/unreliable.ts';

const RUNS = 250;

const upTo = (max: number) => fc.noBias(fc.nat({ max }));

async function compareOn(tried: GraphQLSchema) {
  const seen = { compiled: 0, left: 0, errors: 0, refused: 0, calls: 0 };
  const property = fc.asyncProperty(fc.gen(), fc.nat(), async (g, seed) => {
    const { text, variables } = drawDocument(tried, (max) => g(upTo, max));
    expect(validate(tried, parse(text)), text).toEqual([]);
    const { expected, actual, isCompiled } = await both({
      schema: tried,
      text,
      variables,
      context: (turns) => unreliable(tried, seed, turns),
    });
    expect(actual, `${text}\n${JSON.stringify(variables)}`).toEqual(expected);
    if (isCompiled !== undefined) seen[isCompiled ? 'compiled' : 'left']++;
    if (expected.answer?.data === undefined) seen.refused++;
    seen.errors += expected.answer?.errors?.length ?? 0;
    seen.calls += expected.calls?.length ?? 0;
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  return seen;
}

/** Each kind of outcome must be there, or the comparison says little. */
function expectVariety({
  compiled,
  left,
  errors,
  refused,
  calls,
}: Awaited<ReturnType<typeof compareOn>>) {
  expect(compiled).toBeGreaterThan(RUNS / 2);
  expect(left).toBeLessThan(RUNS / 20);
  expect(refused).toBeGreaterThan(RUNS / 100);
  expect(errors).toBeGreaterThan(RUNS / 2);
  expect(calls).toBeGreaterThan(RUNS);
}

test('over a schema with something of everything', async () => {
  expectVariety(await compareOn(library));
}, 120_000);

test('over the schema that is served', async () => {
  withoutResolvers();
  expectVariety(await compareOn(schema));
}, 120_000);

/** Every field reads its row; what is exposed stays so. Until the test is finished: other files have the same schema. */
function withoutResolvers() {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) change(type, { resolveType: (row) => row[KIND] });
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getQueryType()) {
        const resolve: typeof field.resolve = (_, args, context, info) =>
          defaultFieldResolver(context.root, args, context, info);
        change(field, { resolve });
      } else if (field.extensions.pothosExposedField === undefined) {
        change(field, { resolve: undefined });
      }
    }
  }
}

function change<T extends object>(of: T, changes: Partial<T>) {
  const kept = { ...of };
  Object.assign(of, changes);
  onTestFinished(() => void Object.assign(of, kept));
}
