/** The commands of skills/astria-graphql/SKILL.md, each with the answer that stands below it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { FOLDERS } from '../support/programs.ts';

export const SKILL = readFileSync('skills/astria-graphql/SKILL.md', 'utf8');

/** The first bytes of a JPEG. */
const PHOTO = Buffer.from('ffd8ffe000104a4649460001', 'hex');

const ORIGIN = 'http://127.0.0.1:4000';
const BLOCK = /^```(\w*)\n(.*?)^```$/gms;

const blocks = [...SKILL.matchAll(BLOCK)].map(([, language = '', code = '']) => ({
  language,
  code,
}));

/** The commands, each with the block behind it. */
export const commands = blocks.flatMap(({ language, code }, index) => {
  if (language !== 'sh') return [];
  return [{ command: code, answer: blocks[index + 1]?.code }];
});

/** What stands in the front matter, by its name. */
export const frontMatter = new Map(
  (/^---\n(.*?)^---$/ms.exec(SKILL)?.[1] ?? '')
    .trim()
    .split('\n')
    .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
);

/** A shell in a folder of its own, with the environment that the skill names. */
export function agentAt(url: string, key: string) {
  const folder = mkdtempSync(join(tmpdir(), 'skill-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'mara.jpg'), PHOTO);
  const { origin } = new URL(url);
  const env = {
    PATH: FOLDERS.join(':'),
    ASTRIA_GRAPHQL_URL: url,
    ASTRIA_GRAPHQL_KEY: key,
    // An agent's machine may have a proxy; the gateway is on this one.
    no_proxy: '*',
  };
  /** Runs a command. Returns what it printed, with the address of the gateway as the skill has it. */
  return async (command: string) => {
    const child = spawn('sh', ['-ec', command.replaceAll(ORIGIN, origin)], { cwd: folder, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [told, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, complaints, told: told.replaceAll(origin, ORIGIN) };
  };
}
