/** The whole attempt to find a secret in anything that the gateway writes, answers, or sends to Astria. */

import { hashOfSecret } from '../../src/auth/gateway-keys.ts';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { badStarts } from './bad-starts.ts';
import { startWatched, type Watched } from './gateway.ts';
import { findSecrets, type Secret, type Written } from './search.ts';
import { INSIDE, tour, withFaults } from './tour.ts';
import { startWebhook, WEBHOOK_SECRETS } from './webhook.ts';

const SOME = 'Zq7Kx9Vd2LwPm4TnB8sRc6Yh3JgF5uEa1oXi0MkQ';
const HELD = { name: 'the held key', value: `sd_held_${SOME}`, isHashHidden: true };
const WRITER = { name: 'a gateway key', value: `gk_writer_${SOME}`, isHashHidden: true };
const READER = { name: 'another gateway key', value: `gk_reader_${SOME}`, isHashHidden: true };
/** Of these the hash is what logs call them by, the beginning of it. */
const OWN = { name: "a caller's own key", value: `sd_own_${SOME}` };
const OTHER = { name: "another caller's own key", value: `sd_other_${SOME}` };
const DEMO = { name: 'the demo key', value: 'sd_demo' };
const JWT = { name: 'a token', value: `eyJhbGciOiJSUzI1NiJ9.${SOME}.${SOME}` };

export interface Report {
  runs: { name: string; written: number; bytes: number }[];
  found: string[];
}

interface Wishes {
  /** Not every caller, nor every environment. */
  isShort?: boolean;
  onRun?(run: Report['runs'][number]): void;
}

export async function searchEverything({ isShort = false, onRun }: Wishes = {}): Promise<Report> {
  const report: Report = { runs: [], found: [] };
  const note = (name: string, secrets: readonly Secret[], written: readonly Written[]) => {
    const run = {
      name,
      written: written.length,
      bytes: written.reduce((sum, { text }) => sum + text.length, 0),
    };
    report.runs.push(run);
    report.found.push(...findSecrets(secrets, written).map((found) => `${name}: ${found}`));
    onRun?.(run);
  };
  note(
    'a held key, and keys of the gateway',
    [HELD, WRITER, READER, JWT, ...INSIDE, ...WEBHOOK_SECRETS],
    await underHeldKey(isShort),
  );
  if (!isShort) note("callers' own keys", [OWN, OTHER, ...INSIDE], await underOwnKeys());
  note('the emulator', [DEMO], await onEmulator());
  note(
    'a bad environment',
    [HELD, WRITER, JWT],
    await badStarts(
      [HELD, WRITER, JWT].map(({ value }) => value),
      isShort,
    ),
  );
  return report;
}

const bearer = ({ value }: Secret) => `Bearer ${value}`;

async function underHeldKey(isShort: boolean): Promise<Written[]> {
  const emulator = await startEmulator({ speed: 20 });
  const { webhook, called, close } = await startWebhook();
  const keys = [WRITER, READER].map(({ value }, index) => ({
    name: `caller-${index}`,
    hash: `sha256:${hashOfSecret(value).toString('hex')}`,
    role: index === 0 ? 'write' : 'read',
    ...(index === 1 ? { workspaces: ['personal'] } : { webhook }),
  }));
  const gateway = await startWatched({
    ASTRIA_BASE_URL: emulator.url,
    ASTRIA_AUTH_TOKEN: HELD.value,
    GATEWAY_KEYS: JSON.stringify(keys),
    WEBHOOK_PRIVATE_NETWORKS: 'on',
    JWT_JWKS_URL: `${emulator.url}/no-keys`,
    JWT_ISSUER: 'https://issuer.example',
    JWT_AUDIENCE: 'astria',
  });
  const fault = withFaults(emulator);
  for (const key of isShort ? [WRITER] : [READER, WRITER, JWT]) {
    await tour({ gateway, fault, secrets: [HELD.value], isShort }, bearer(key));
  }
  await called;
  await gateway.stop();
  close();
  const sent = sentTo(emulator, HELD);
  await emulator.close();
  return [...gateway.written, ...sent];
}

async function underOwnKeys(): Promise<Written[]> {
  const emulator = await startEmulator();
  const gateway = await startWatched({ ASTRIA_BASE_URL: emulator.url });
  const fault = withFaults(emulator);
  const written: Written[] = [];
  for (const key of [OWN, OTHER]) {
    emulator.clearRequests();
    await tour({ gateway, fault, secrets: [key.value], isShort: false }, bearer(key));
    written.push(...sentTo(emulator, key));
  }
  await gateway.stop();
  await emulator.close();
  return [...gateway.written, ...written];
}

async function onEmulator(): Promise<Written[]> {
  const gateway: Watched = await startWatched({});
  await tour({ gateway, fault: undefined, secrets: [], isShort: true }, '');
  await gateway.stop();
  return gateway.written;
}

/** With the key that belongs there taken out, so that it shows where it does not belong. */
const sentTo = ({ requests }: Emulator, owner: Secret): Written[] =>
  requests.map(({ headers: { authorization, ...headers }, ...request }) => ({
    where: `what was sent to Astria: ${request.method} ${request.path}`,
    text: JSON.stringify([authorization === bearer(owner) || authorization, request, headers]),
  }));
