/** What a client is told of a tool: the schemas of its arguments and of its answer. They are made once. */
import type { StandardSchemaV1 } from '@modelcontextprotocol/server';
import { parse } from 'graphql';
import * as z from 'zod';
import { schema } from '../../graphql/schema.ts';
import { withoutKeys } from '../../observe/secrets.ts';
import { outputSchemaOf } from './output-schema.ts';
import type { Tool } from './tool.ts';

export type AnnouncedTool = ReturnType<typeof announced>;

export function announced(tool: Tool, documents: ReadonlyMap<string, string>) {
  return { ...tool, inputSchema: inputOf(tool), outputSchema: outputOf(tool, documents) };
}

function inputOf({ input }: Tool) {
  // The address of its dialect would be a tenth of the list of all tools.
  const { $schema: _, ...json } = z.toJSONSchema(input, { io: 'input' });
  const names = Object.keys(input.shape).join(', ') || 'none';
  return standardSchema<z.infer<typeof input>>(json, (value) => {
    const { data, error } = input.safeParse(value);
    if (data) return { value: data };
    const issues = error.issues.slice(0, MAX_ISSUES).map(({ code, message, path }) => {
      // A message may repeat what was sent, however long that is.
      const said = withoutKeys(message).slice(0, MAX_CHARACTERS);
      const remedy = code === 'unrecognized_keys' ? ` (the arguments are: ${names})` : '';
      return { path, message: `${said}${remedy}` };
    });
    return { issues };
  });
}

/** The most faults that a model is told at once, and the most characters of each. */
const MAX_ISSUES = 10;
const MAX_CHARACTERS = 200;

/** The fields of all operations that the tool may run, since it answers with one of them. */
function outputOf({ operations }: Tool, documents: ReadonlyMap<string, string>) {
  const all = operations.map((name) => outputSchemaOf(parse(documents.get(name) ?? ''), schema));
  const properties = Object.assign({}, ...all.map((one) => one.properties));
  // The graph has already checked what it answers.
  return standardSchema<unknown>({ type: 'object', properties }, (value) => ({ value }));
}

/** The form in which the SDK takes schemas: https://standardschema.dev */
function standardSchema<Value>(
  json: object,
  validate: StandardSchemaV1.Props<unknown, Value>['validate'],
) {
  const jsonSchema = () => json as Record<string, unknown>;
  const props = { version: 1 as const, vendor: 'astria-graphql', validate };
  return { '~standard': { ...props, jsonSchema: { input: jsonSchema, output: jsonSchema } } };
}
