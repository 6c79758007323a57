/** The scenarios of the Model Context Protocol's own conformance tests that need no tools made for them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startMcp } from './mcp.ts';

const PROGRAM = resolve('node_modules/.bin/conformance');

/** As `npm start` has it: nobody holds a key, so the Host guard lets any name in. */
const EMBEDDED = { ASTRIA_BASE_URL: '', ASTRIA_AUTH_TOKEN: '' };

const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];

test.each(SCENARIOS)('the scenario %s passes', async (scenario) => {
  const { mcpUrl } = await startMcp({ environment: EMBEDDED });
  // It writes its results where it is run.
  const cwd = mkdtempSync(join(tmpdir(), 'conformance-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const args = [PROGRAM, 'server', '--url', String(mcpUrl), '--scenario', scenario];
  // A failure is an exit code, and so an error.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
  expect(stdout).toMatch(/Passed: ([1-9]\d*)\/\1, 0 failed/);
});
