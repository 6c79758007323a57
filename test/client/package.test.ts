/** What is published, built into a folder of its own, with the packages beside it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'astria-graphql-client-'));
const { name, exports, dependencies } = JSON.parse(readFileSync('client/package.json', 'utf8'));

beforeAll(async () => {
  await run('node_modules/.bin/tsc', ['-p', 'client', '--outDir', join(folder, 'dist')]);
  cpSync('client/package.json', join(folder, 'package.json'));
  cpSync('schema/schema.graphql', join(folder, 'schema.graphql'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const modules = Object.keys(exports).filter((path) => !path.endsWith('.graphql'));

test.each(modules)('%s can be imported', async (path) => {
  const script = `
    const found = await import('${path.replace('.', name)}');
    console.log(JSON.stringify(Object.keys(found)));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
  });
  expect(JSON.parse(stdout).length).toBeGreaterThan(0);
});

test('it depends on no server, and brings the schema', () => {
  expect(Object.keys(dependencies)).toEqual(['@graphql-typed-document-node/core']);
  const sdl = readFileSync(join(folder, exports['./schema.graphql']), 'utf8');
  expect(buildSchema(sdl).getType('Tune')).toBeDefined();
});
