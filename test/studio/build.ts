/** Builds the studio once, before the first of its tests, and installs its packages if they are missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setup as findPrograms } from '../support/programs.ts';
import { STUDIO } from './place.ts';

/** Runs npm without the NODE_ENV of Vitest, under which Vite builds the development version of React. */
function npm(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('env', ['-u', 'NODE_ENV', 'npm', ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

export function setup() {
  findPrograms();
  npm('--prefix', 'client', 'run', 'build');
  if (!existsSync(`${STUDIO}node_modules`)) {
    npm('--prefix', STUDIO, 'ci', '--no-audit', '--no-fund');
  }
  npm('--prefix', STUDIO, 'run', 'types');
  npm('--prefix', STUDIO, 'run', 'build');
}
