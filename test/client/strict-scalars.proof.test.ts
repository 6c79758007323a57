/** The set-up of codegen in docs/using-the-graph.md, run in a folder that has the package, as a user would. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scalars } from '../../client/src/scalars.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'strict-scalars-'));
const inFolder = (path: string) => join(folder, path);
const [, codegen = ''] =
  /^```ts\n(\/\/ codegen\.ts\n.*?)^```/ms.exec(readFileSync('docs/using-the-graph.md', 'utf8')) ??
  [];

const generate = (config: string) => {
  writeFileSync(inFolder('codegen.ts'), config);
  const program = resolve('node_modules/.bin/graphql-codegen');
  // Without this environment, in which it would print nothing.
  return run(process.execPath, [program, '--config', 'codegen.ts'], { cwd: folder, env: {} });
};

beforeAll(async () => {
  mkdirSync(inFolder('node_modules'));
  symlinkSync(resolve('.'), inFolder('node_modules/astria-graphql'));
  for (const name of ['@graphql-codegen', 'graphql']) {
    symlinkSync(resolve('node_modules', name), inFolder(`node_modules/${name}`));
  }
  cpSync('schema/operations', inFolder('src'), { recursive: true });
  writeFileSync(inFolder('package.json'), '{ "type": "module" }');
  await generate(codegen);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Fails to compile if a scalar is of another type, or of any. */
const USE = `
import type { TunesQuery } from './operations.ts';
import type { CreatePromptInput, Scalars, Tune } from './schema.ts';

type Read = NonNullable<TunesQuery['tunes']>['nodes'][number];
export const title = (tune: Read): string | null | undefined => tune.title;
export const madeAt: Tune['createdAt'] = '2026-11-01T12:00:00.000Z';
export const input: Partial<CreatePromptInput> = { aspectRatio: '16:9', seed: 2 ** 40 };
export const file = (upload: Scalars['Upload']['input']): string => upload.type;
// @ts-expect-error A moment is a text.
export const noMoment: Tune['createdAt'] = 1;
// @ts-expect-error JSON is checked before it is used.
export const noText: string = {} as Scalars['JSON']['output'];
`;

test('what it generates compiles, and holds no any', async () => {
  writeFileSync(inFolder('src/use.ts'), USE);
  const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024'];
  const files = ['operations', 'schema', 'use'].map((name) => inFolder(`src/${name}.ts`));
  const extra = ['--allowImportingTsExtensions', '--types', '', '--ignoreConfig'];
  const compiled = run('node_modules/.bin/tsc', [...strict, ...extra, ...files]);
  await compiled.catch(({ stdout }) => expect(stdout).toBe(''));
  for (const name of ['operations', 'schema']) {
    const generated = readFileSync(inFolder(`src/${name}.ts`), 'utf8');
    expect(generated.replaceAll(/\/\*.*?\*\//gs, '')).not.toMatch(/\bany\b/);
  }
});

test('a scalar that the map lacks is named', async () => {
  const without = codegen.replace(/^ +SafeInt: .*\n/m, '');
  await expect(generate(without)).rejects.toMatchObject({
    stderr: expect.stringContaining('Unknown scalar type SafeInt'),
  });
});

test('the map is that of the client package', () => {
  const map = Object.fromEntries(
    [...codegen.matchAll(/^ {6}(\w+): '(\w+)',/gm)].map(([, name, type]) => [name, type]),
  );
  expect(map).toEqual(scalars);
});
