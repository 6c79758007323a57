/** The command `astria-graphql`, as `npm start` runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { command, ended, start } from '../support/process.ts';

const { version, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

test.each([['--help'], ['-h']])('%s lists the commands', async (flag) => {
  const { stdout, stderr, code } = await command([flag]);
  for (const name of ['serve', 'emulator', 'key', 'check-config']) {
    expect(stdout).toMatch(new RegExp(`^  ${name} +[A-Z].*\\.$`, 'm'));
  }
  expect([stderr, code]).toEqual(['', 0]);
});

test.each([
  ['serve', []],
  ['emulator', ['port', 'host', 'speed']],
  [
    'key',
    [
      'name',
      'role',
      'workspaces',
      'documents',
      'day',
      'month',
      'webhook-url',
      'webhook-secret-file',
    ],
  ],
  ['check-config', []],
])('%s --help lists its options, and starts nothing', async (name, options) => {
  const { stdout, stderr, code } = await command([name, '--help']);
  expect(stdout).toMatch(new RegExp(`^Usage: astria-graphql ${name}\\b`));
  expect([...stdout.matchAll(/^ {2}--([\w-]+) /gm)].map(([, option]) => option)).toEqual(options);
  expect([stderr, code]).toEqual(['', 0]);
});

test.each([['--version'], ['-v']])('%s prints the version', async (flag) => {
  expect(await command([flag])).toEqual({ stdout: `${version}\n`, stderr: '', code: 0 });
});

const SEE = (program: string) => `${program} --help lists the options.`;

test.each([
  [['srve'], 'There is no command "srve": astria-graphql --help lists the commands.'],
  [['toString'], 'There is no command "toString": astria-graphql --help lists the commands.'],
  [['sd_verysecret'], 'There is no command "sd_…": astria-graphql --help lists the commands.'],
  [['--prot'], `Unknown option '--prot': ${SEE('astria-graphql')}`],
  [['serve', '--port', '1'], `Unknown option '--port': ${SEE('astria-graphql serve')}`],
  [['check-config', 'x'], `Unexpected argument 'x': ${SEE('astria-graphql check-config')}`],
  [['key', '--name'], `Option '--name <value>' argument missing: ${SEE('astria-graphql key')}`],
  [
    ['key', '--name', '--role'],
    `Option '--name' argument is ambiguous: ${SEE('astria-graphql key')}`,
  ],
  [
    ['emulator', '--port', '65536'],
    '--port is "65536" and must be a whole number from 0 to 65535.',
  ],
  [['emulator', '--port', ''], '--port is "" and must be a whole number from 0 to 65535.'],
  [['emulator', '--speed', '0'], '--speed is "0" and must be a number above 0.'],
  [
    ['key', '--name', 'a', '--role', 'read', '--documents', 'all'],
    '--documents must be only; leave it out for what TRUSTED_DOCUMENTS says',
  ],
  [
    ['key', '--name', 'a', '--role', 'read', '--workspaces', 'x,y'],
    '--workspaces must be the number of a workspace, personal, or all',
  ],
  // A variable of the shell that is not set. Without the option the key would have no bounds.
  [
    ['key', '--name', 'a', '--role', 'read', '--workspaces', ''],
    '--workspaces must be the number of a workspace, personal, or all',
  ],
])('%j is refused in one sentence', async (args, sentence) => {
  expect(await command(args)).toEqual({ stdout: '', stderr: `${sentence}\n`, code: 2 });
});

test('a key without a name and a role is refused, and both are named', async () => {
  const { stdout, stderr, code } = await command(['key']);
  expect(stderr).toMatch(/^--name must be .*\n--role must be read or write\n$/);
  expect([stdout, code]).toEqual(['', 2]);
});

test('the emulator runs alone, and ends at SIGTERM', async () => {
  const child = start({}, { args: ['emulator', '--port', '0'] });
  const [printed] = await once(child.stdout.setEncoding('utf8'), 'data');
  const [, url] = /listens at (\S+) \(key sd_demo\)/.exec(printed) as unknown as [string, string];
  const headers = { authorization: 'Bearer sd_demo' };
  const tunes = await fetch(`${url}/tunes`, { headers });
  expect(await tunes.json()).toContainEqual(expect.objectContaining({ title: expect.any(String) }));
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
});

test('a port that the emulator cannot have is one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stderr = `Port ${port} is taken: choose another with --port.\n`;
  expect(await command(['emulator', '--port', String(port)])).toEqual({
    ...{ stdout: '', stderr },
    code: 1,
  });
});

test('a host that is none of this machine is one sentence', async () => {
  const { stderr, code } = await command(['emulator', '--host', 'no.such.host.invalid']);
  expect(stderr).toMatch(
    /^--host no\.such\.host\.invalid and --port 3900 cannot be listened on \(\w+\): give others\.\n$/,
  );
  expect(code).toBe(1);
});

/** Makes Node another version, which refuses to load more than the entry point, as if it could not parse the rest. */
const asNode = (version: string) =>
  `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
  registerHooks({
    resolve(specifier, context, next) {
      if (context.parentURL?.startsWith('file:')) throw new SyntaxError(specifier);
      return next(specifier, context);
    },
  });
`)}`;

async function runOn(version: string) {
  const child = spawn(process.execPath, ['--import', asNode(version), 'src/main.ts', '--help']);
  const [told, code] = await Promise.all([text(child.stderr), ended(child)]);
  return { told, code };
}

test.each([['22.18.0'], ['20.20.2'], ['12.22.12']])(
  'Node %s is told what is needed',
  async (old) => {
    const least = engines.node.replace('>=', '');
    expect(await runOn(old)).toEqual({
      told: `astria-graphql needs Node ${least} or newer, and this is Node ${old}: install a newer one from https://nodejs.org.\n`,
      code: 1,
    });
  },
);

test.each([['22.19.0'], ['23.0.0'], ['100.0.0']])('Node %s goes on', async (version) => {
  const { told } = await runOn(version);
  expect(told).toContain('SyntaxError: ./process/command-line.ts');
});
