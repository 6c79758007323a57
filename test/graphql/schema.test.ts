import { readFileSync } from 'node:fs';
import {
  type GraphQLInterfaceType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { globalId } from '../../src/graphql/ids.ts';
import { schema } from '../../src/graphql/schema.ts';
import { startGateway } from '../support/gateway.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const BUILT_IN = ['Boolean', 'Float', 'ID', 'Int', 'String'];

test('every type, field, argument and enum value has a description', () => {
  const bare: string[] = [];
  const check = (name: string, described: { description?: string | null }) => {
    if (!described.description?.trim()) bare.push(name);
  };
  for (const type of types) {
    if (!BUILT_IN.includes(type.name)) check(type.name, type);
    if (isEnumType(type))
      for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      if ('args' in field) {
        for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
  }
  expect(bare).toEqual([]);
});

test('the published SDL is the schema that is served', () => {
  const published = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
  expect(published.trim()).toBe(printSchema(schema).trim());
});

test('every mutation takes one input and answers its payload', () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
    expect(String(field.type)).toBe(`${name}Payload!`);
    expect(field.args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual([`input: ${name}Input!`]);
  }
});

const NODES = schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType);

test.each(NODES.map(({ name }) => name as Capitalize<string>))(
  '%s says by `loadsNode` how it is found by its global id',
  async (name) => {
    const { run, requests } = await startGateway();
    expect(await run(`{ node(id: "${globalId(name, 5)}") { id } }`)).toEqual({
      data: { node: null },
    });
    expect(requests()).toHaveLength(1);
  },
);
