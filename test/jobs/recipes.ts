/** The code of docs/waiting-recipes.md, run as it stands: only where the gateway is, is put in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { secretOf } from '../support/gateway-keys.ts';

const PAGE = readFileSync('docs/waiting-recipes.md', 'utf8');
const BLOCK = /^```(?:js|sh)\n(?:\/\/|#) ([\w.-]+)\n(.*?)^```$/gms;

/** By the names that stand in their first lines. */
export const recipes = new Map(
  [...PAGE.matchAll(BLOCK)].map(([, name = '', text = '']) => [name, text] as const),
);

const RESUME = pathToFileURL(resolve('client/src/resume.ts')).href;

/** Node has it behind a flag, and does not wait for it to come back. */
const IN_BROWSERS = `data:text/javascript,
  import { EventSource } from '${import.meta.resolve('eventsource')}';
  Object.assign(globalThis, { EventSource });`;

interface Where {
  /** Of the gateway. */
  url: string;
  /** At which the proxy listens. */
  port?: number;
  /** Files that an earlier run has left in the folder. */
  left?: Record<string, string>;
}

/** A folder with all of them, as a client would have it. */
function folderFor({ url, port = 0, left = {} }: Where): string {
  const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(left)) writeFileSync(join(folder, name), text);
  for (const [name, text] of recipes) {
    const here = text
      .replaceAll('http://127.0.0.1:4000', new URL(url).origin)
      .replaceAll('8080', String(port))
      .replaceAll('astria-graphql-client/resume', RESUME);
    writeFileSync(join(folder, name), here);
  }
  return folder;
}

export function runRecipe(name: string, where: Where) {
  const isScript = name.endsWith('.js');
  const [command, ...args] = isScript
    ? [process.execPath, '--import', IN_BROWSERS, name]
    : ['sh', name];
  const child = spawn(command as string, args, {
    cwd: folderFor(where),
    env: { PATH: '/usr/bin:/bin', GATEWAY_KEY: secretOf('web') },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [told, complained] = ['', ''];
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  return {
    /** Its lines so far. */
    lines: () => told.trim().split('\n'),
    complaints: () => complained,
    ended: once(child, 'close').then(([code]) => code as number),
  };
}
