/** The package as npm packs it, installed by a program that also has Vitest and the types of Node. */
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
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const run = promisify(execFile);
const SOURCES = ['src', 'test', 'schema', 'docs', 'skills', 'tsconfig.json', 'tsconfig.build.json'];
/** What the program has besides. */
const OF_THE_APP = ['node_modules/@types/node', 'node_modules/vitest'];
const OTHERS = ['package.json', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'];

export function installedInAFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'astria-graphql-'));
  const app = join(folder, 'app');
  /** The paths in the tarball. */
  const packed: string[] = [];
  beforeAll(async () => {
    mkdirSync(app);
    const { filename, files } = await pack(join(folder, 'copy'), app);
    packed.push(...files.map(({ path }) => path));
    lock(app, filename);
    const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['ci', ...quiet], { cwd: app });
    for (const path of OF_THE_APP) {
      mkdirSync(dirname(join(app, path)), { recursive: true });
      symlinkSync(resolve(path), join(app, path));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return { app, packed, bin: join(app, 'node_modules/.bin/astria-graphql') };
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** Packs a copy of the sources, because packing builds `dist` anew, which others may be using. */
async function pack(copy: string, to: string): Promise<Packed> {
  for (const path of [...SOURCES, ...OTHERS]) {
    cpSync(path, join(copy, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const asJson = ['--json', '--silent', '--pack-destination', to];
  const { stdout } = await run('npm', ['pack', ...asJson], { cwd: copy });
  return JSON.parse(stdout)[0];
}

/** Locks the dependencies to those of this repository, which npm has in its cache since they were installed here. */
function lock(app: string, filename: string) {
  const { packages, ...rest } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { '': own, ...others } = packages;
  const { devDependencies, ...published } = own;
  const shipped = Object.entries<{ dev?: boolean }>(others).filter(([, { dev }]) => !dev);
  const tarball = `file:${filename}`;
  const root = { name: 'app', type: 'module', dependencies: { [own.name]: tarball } };
  const installed = {
    '': root,
    [`node_modules/${own.name}`]: { ...published, resolved: tarball },
    ...Object.fromEntries(shipped),
  };
  writeFileSync(join(app, 'package.json'), JSON.stringify(root));
  writeFileSync(join(app, 'package-lock.json'), JSON.stringify({ ...rest, packages: installed }));
}
