/** A folder of a program that has installed what is published, with the examples in it. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { builtInAFolder } from './built.ts';

export function installedInAnApp() {
  const { folder } = builtInAFolder();
  const app = join(folder, 'app');
  beforeAll(() => {
    const installed = join(app, 'node_modules/astria-graphql');
    for (const name of ['dist', 'package.json', 'schema']) {
      cpSync(join(folder, name), join(installed, name), { recursive: true });
    }
    // Without it the app would be a part of the package around it.
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
    cpSync('examples/embed', app, { recursive: true });
  });
  return { app, inApp: (name: string) => join(app, name) };
}
