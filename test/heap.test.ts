import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('support/outliving.ts', import.meta.url));
// What V8 does in threads it may do a little later.
const FLAGS = ['--expose-gc', '--single-threaded'];

test('what is made where much has outlived its round is young all the same, and gone with it', async () => {
  const child = spawn(process.execPath, [...FLAGS, SCRIPT]);
  const carried = Number(await text(child.stdout));
  expect(carried).toBeGreaterThan(0);
  // 20 MB of garbage were made.
  expect(carried).toBeLessThan(2_000_000);
});
