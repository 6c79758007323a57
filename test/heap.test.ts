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

test.each([
  { livingMb: 20, heldMb: 80, rounds: 0, what: 'as much as operations under way hold is let be' },
  { livingMb: 60, heldMb: 80, rounds: 0, what: 'it is so where more lives' },
  { livingMb: 60, heldMb: 200, rounds: 1, what: 'what is more is not, though more lives' },
])(
  'with $livingMb MB in the heap and $heldMb outside: $what',
  { timeout: 20_000 },
  async ({ livingMb, heldMb, rounds }) => {
    const printed = await printedBy('--trace-gc', WAVE, String(livingMb), String(heldMb));
    const [before, after] = printed.split('begun');
    expect(before).toContain('Mark-Compact');
    expect(after).toContain(`${heldMb * 10} held`);
    expect(after?.match(/Mark-Compact/g) ?? []).toHaveLength(rounds);
  },
);
