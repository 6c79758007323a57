/** Builds the studio once, before the first of its tests. Its packages are installed if they are not there. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setup as findPrograms } from '../support/programs.ts';
import { STUDIO } from './place.ts';

const npm = (...args: string[]) =>
  execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'inherit'] });

export function setup() {
  findPrograms();
  npm('--prefix', 'client', 'run', 'build');
  if (!existsSync(`${STUDIO}node_modules`)) {
    npm('--prefix', STUDIO, 'ci', '--no-audit', '--no-fund');
  }
  npm('--prefix', STUDIO, 'run', 'types');
  npm('--prefix', STUDIO, 'run', 'build');
}
