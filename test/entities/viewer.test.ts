import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('the viewer is who owns the key', async () => {
  const { run, emulator, requests } = await startGateway();
  const sample = readFileSync(new URL('../samples/user.json', import.meta.url), 'utf8');
  emulator.fail({ path: '/users', body: sample });
  const answer = await run(`{
    viewer {
      astriaId email name balance { milliCents usd } autoExtendTunes topOffAmount purchasedPluginAt
      payer { astriaId name isSelf balance { usd } }
    }
    again: viewer { name }
  }`);
  expect(answer).toEqual({
    data: {
      viewer: {
        astriaId: null,
        email: 'designer@example.com',
        name: 'Dana',
        balance: { milliCents: 1234500, usd: 12.345 },
        autoExtendTunes: false,
        topOffAmount: null,
        purchasedPluginAt: null,
        payer: { astriaId: 1, name: 'Dana', isSelf: true, balance: { usd: 12.345 } },
      },
      again: { name: 'Dana' },
    },
  });
  expect(requests()).toEqual(['GET /users']);
});
