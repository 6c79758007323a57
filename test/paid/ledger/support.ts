import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Intent } from '../../../src/paid/ledger/ledger.ts';

/** To make a prompt, and sent at once. */
export const intent = (more: Partial<Intent> = {}): Intent => ({
  ...{ kind: 'prompt', keys: [], digest: 'd', sought: 's', isSent: true },
  ...more,
});

/** Of a file that is not there yet, in a folder that lasts as long as the test. */
export async function newPath(name = 'ledger.sqlite') {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}
