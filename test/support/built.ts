/** What is published, built into a folder of its own, with the packages beside it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

export function builtInAFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'astria-graphql-'));
  const dist = join(folder, 'dist');
  beforeAll(async () => {
    const build = ['-p', 'tsconfig.build.json', '--outDir', dist];
    await promisify(execFile)('node_modules/.bin/tsc', build);
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    for (const name of ['package.json', 'schema']) {
      cpSync(name, join(folder, name), { recursive: true });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return { folder, launch: { main: join(dist, 'main.js') } };
}
