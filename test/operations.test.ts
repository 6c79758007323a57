/** Every example of schema/operations, with the answer recorded beside it: `npm test -- -u` records anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runAny } from './jobs/sse.ts';
import { startGateway } from './support/gateway.ts';

const folder = new URL('../schema/operations/', import.meta.url);
const operations = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

test('there are at least ten examples', () => {
  expect(operations.length).toBeGreaterThanOrEqual(10);
});

test.each(operations)('%s answers as recorded', async (name) => {
  const gateway = await startGateway({ seed: true, token: 'sd_demo' });
  const answer = await runAny(gateway, readFileSync(new URL(name, folder), 'utf8'));
  expect(answer.errors).toBeUndefined();
  const recorded = new URL(name.replace(/graphql$/, 'json'), folder).pathname;
  await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(recorded);
});
