/** The folder of a program that has installed the package, and not what only its development needs. */
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
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { builtInAFolder } from './built.ts';

/** What the program installs besides. */
const OF_THE_APP = ['node_modules/@types/node', 'node_modules/vitest'];

export function appWithThePackage() {
  const { folder: built } = builtInAFolder();
  const app = mkdtempSync(join(tmpdir(), 'astria-graphql-app-'));
  beforeAll(() => {
    for (const path of [...dependencies(), ...OF_THE_APP]) {
      mkdirSync(dirname(join(app, path)), { recursive: true });
      symlinkSync(resolve(path), join(app, path));
    }
    for (const name of ['dist', 'package.json', 'schema']) {
      const from = join(built, name);
      cpSync(from, join(app, 'node_modules/astria-graphql', name), { recursive: true });
    }
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => rmSync(app, { recursive: true }));
  return { app, inApp: (name: string) => join(app, name) };
}

/** Returns the folders of packages that npm installs with this one. Those within others come with them. */
function dependencies(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries<{ dev?: boolean }>(packages)
    .filter(([path, { dev }]) => !dev && /^node_modules\/(?!.*\/node_modules\/)/.test(path))
    .map(([path]) => path);
}
