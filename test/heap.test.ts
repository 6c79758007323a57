import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const OUTLIVING = fileURLToPath(new URL('support/outliving.ts', import.meta.url));
const WAVE = fileURLToPath(new URL('support/wave.ts', import.meta.url));
// What V8 does in threads it may do a little later.
const FLAGS = ['--expose-gc', '--single-threaded'];

const printedBy = (...args: string[]) => text(spawn(process.execPath, [...FLAGS, ...args]).stdout);

test('what is made where much has outlived its round is young all the same, and gone with it', async () => {
  const carried = Number(await printedBy(OUTLIVING));
  expect(carried).toBeGreaterThan(0);
  // 20 MB of garbage were made.
  expect(carried).toBeLessThan(2_000_000);
});

test('the heap is not looked through for what operations under way hold outside of it', async () => {
  const [before, after] = (await printedBy('--trace-gc', WAVE)).split('begun');
  expect(before).toContain('Mark-Compact');
  expect(after).toContain('800 held');
  expect(after).toContain('Scavenge');
  expect(after).not.toContain('Mark-Compact');
});
