/** What tests of the system need besides npm: they fail at once where it is missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Each program, and the package of Debian and Ubuntu that has it. `.ci/run` installs them. */
const PACKAGES = {
  chromium: 'chromium',
  curl: 'curl',
  haproxy: 'haproxy',
  nginx: 'nginx-light',
  promtool: 'prometheus',
  'redis-server': 'redis-server',
};

export type Program = keyof typeof PACKAGES;

/** Some are where only administrators look. */
export const FOLDERS = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

export const placeOf = (program: Program): string | undefined =>
  FOLDERS.map((folder) => join(folder, program)).find(existsSync);

/** Vitest calls it before the first of these tests. */
export function setup() {
  const missing = (Object.keys(PACKAGES) as Program[]).filter((program) => !placeOf(program));
  if (missing.length === 0) return;
  const packages = missing.map((program) => PACKAGES[program]).join(' ');
  throw new Error(
    `The tests of the system need ${missing.join(', ')}, which cannot be found in ${FOLDERS.join(':')}. Install them: apt-get install ${packages}`,
  );
}
