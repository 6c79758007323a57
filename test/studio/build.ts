/** Builds the studio once, before the first of its tests. Its packages are installed if they are not there. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setup as findPrograms } from '../support/programs.ts';
import { STUDIO } from './place.ts';

function npm(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
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
