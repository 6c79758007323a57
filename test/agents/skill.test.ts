/** The form of the skill: https://agentskills.io/specification */
import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { commands, frontMatter, SKILL } from './skill.ts';

test('its front matter is as agents want it', () => {
  expect(frontMatter.get('name')).toBe('astria-graphql');
  const { length } = frontMatter.get('description') ?? '';
  expect(length).toBeGreaterThan(100);
  expect(length).toBeLessThanOrEqual(1024);
  expect(frontMatter.get('compatibility')?.length).toBeLessThanOrEqual(500);
});

test('it is shorter than 250 lines', () => {
  expect(SKILL.trimEnd().split('\n').length).toBeLessThan(250);
});

test('every command has its answer below it', () => {
  expect(commands.length).toBeGreaterThanOrEqual(10);
  expect(commands.filter(({ answer }) => answer === '')).toEqual([]);
});

test('it names every error code that an agent can meet', () => {
  const [, codes = ''] =
    /ERROR_CODES = \[([^\]]*)\]/.exec(readFileSync('src/graphql/errors.ts', 'utf8')) ?? [];
  // Only those who send hashes of documents get these two.
  const met = [...codes.matchAll(/'(\w+)'/g)]
    .map(([, code = '']) => code)
    .filter((code) => !code.startsWith('PERSISTED_QUERY'));
  expect(met.length).toBeGreaterThan(10);
  expect(met.filter((code) => !SKILL.includes(`\`${code}\``))).toEqual([]);
});

test('it names every mutation that costs money', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const paid = mutations.filter(({ description }) => description?.includes('Costs money'));
  expect(paid.length).toBeGreaterThanOrEqual(7);
  expect(paid.map(({ name }) => name).filter((name) => !SKILL.includes(`\`${name}\``))).toEqual([]);
});

test('the queries in its sentences are valid', () => {
  const queries = [...SKILL.matchAll(/`(\{ \w[^`]* \})`/g)].map(([, query = '']) => query);
  expect(queries.length).toBeGreaterThanOrEqual(2);
  expect(queries.flatMap((query) => validate(schema, parse(query)))).toEqual([]);
});
