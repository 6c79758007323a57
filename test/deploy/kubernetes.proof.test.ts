/** A gateway with the environment, the files and the probes that its manifest has. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { bearer, gatewayKeys } from '../support/gateway-keys.ts';
import { ask, started } from '../support/process.ts';
import { build, type Container, podOf } from './kustomize.ts';

/** The files that `kubectl create secret` makes a secret of: those of compose. */
const SECRETS = {
  astria_auth_token: 'sd_held',
  gateway_keys: gatewayKeys({ name: 'web' }),
  redis_password: 'not used here',
};

/** Returns the environment with the folders of the container somewhere else. */
function environmentOf({ env = [], volumeMounts }: Container) {
  const root = mkdtempSync(join(tmpdir(), 'manifest-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const { mountPath } of volumeMounts) mkdirSync(join(root, mountPath), { recursive: true });
  const secrets = volumeMounts.find(({ name }) => name === 'secrets')?.mountPath ?? '';
  for (const [name, content] of Object.entries(SECRETS)) {
    writeFileSync(join(root, secrets, name), content);
  }
  const moved = (value: string) => value.replace(/(?<=^@?)(?=\/)/, root);
  return Object.fromEntries(env.map(({ name, value }) => [name, moved(value)]));
}

/** What the image sets, without the folders and ports of the container. */
function imageEnvironment() {
  const [, block = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain,
    ]),
  ) as Record<string, string>;
}

test('a gateway starts with what the manifest sets, answers its probes, and serves metrics', async () => {
  const resources = build('deploy/kubernetes/overlays/single');
  const deployment = resources.find(({ kind }) => kind === 'Deployment');
  const [container] = (deployment && podOf(deployment)?.containers) ?? [];
  if (!container) throw new Error('there is no container');
  const metricsPort = await freePort();
  const { url } = await started({
    ...imageEnvironment(),
    ...environmentOf(container),
    ...{ PORT: '0', METRICS_PORT: String(metricsPort), ASTRIA_BASE_URL: 'http://127.0.0.1:9' },
  });
  const { port } = new URL(url);
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const { path } = (container[probe] as { httpGet: { path: string } }).httpGet;
    // Kubernetes names the address of the pod.
    expect(await statusOf(Number(port), path, '10.1.2.3:4000')).toBe(200);
  }
  const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(await metrics.text()).toContain('astria_graphql_build_info{');
  const local = `http://127.0.0.1:${port}/graphql`;
  expect((await ask(local, '{ __typename }')).status).toBe(401);
  expect(await (await ask(local, '{ __typename }', bearer('web'))).json()).toEqual({
    data: { __typename: 'Query' },
  });
});

async function statusOf(port: number, path: string, host: string): Promise<number | undefined> {
  const [response] = await once(request({ port, path, headers: { host } }).end(), 'response');
  response.resume();
  return response.statusCode;
}
