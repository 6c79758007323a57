/** What the bench needs of this machine, each with a sentence on how to get it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PATH } from './load/children.ts';

export class MissingTool extends Error {}

export function requireTools() {
  if (process.platform !== 'linux') {
    throw new MissingTool('The bench reads /proc, so it runs on Linux only.');
  }
  const nginx = output('nginx', '-V');
  if (nginx === undefined) {
    throw new MissingTool(
      'The upstream is an nginx: install it with `apt-get install nginx-light`.',
    );
  }
  for (const module of ['http_stub_status_module', 'http_sub_module']) {
    if (nginx.includes(module)) continue;
    throw new MissingTool(
      `This nginx is built without ${module}: install one that has it with \`apt-get install nginx-light\`.`,
    );
  }
  if (output('wrk', '-v') === undefined) {
    throw new MissingTool('The load comes from wrk: install it with `apt-get install wrk`.');
  }
}

export const nginxVersion = () => output('nginx', '-v')?.match(/nginx\/(\S+)/)?.[1];
export const wrkVersion = () => output('wrk', '-v')?.match(/wrk (?:debian\/)?(\S+)/)?.[1];

/** All that it prints; wrk has no way to be asked for its version that does not count as a failure. */
function output(program: string, argument: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(program, [argument], {
    encoding: 'utf8',
    env: { PATH },
  });
  return error ? undefined : stdout + stderr;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The peers, from npm, as the lock file has them; no script of theirs is run. */
export function installPeers() {
  const [lock, installed] = [here('package-lock.json'), here('node_modules/.package-lock.json')];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing the peers …');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['ci', ...options], { cwd: here('.'), stdio: 'inherit' });
}

/** As it is shipped and as the Dockerfile runs it. */
export function buildGateway(repository: string) {
  execFileSync('npm', ['run', 'build'], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
