/** What the `Dockerfile` makes, as far as that can be seen without a Docker. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ended, started } from '../support/process.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}
interface Component {
  name: string;
  version: string;
  purl: string;
  hashes: { alg: string }[];
}

/** All that is found from a package on, as Node finds it: name@version. */
function shippedFrom(folder: string, found = new Set<string>(), seen = new Set<string>()) {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  for (const name of Object.keys({
    ...dependencies,
    ...optionalDependencies,
    ...peerDependencies,
  })) {
    const place = placeOf(name, folder);
    if (!place || seen.has(place)) continue;
    seen.add(place);
    const { version } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Manifest;
    found.add(`${name}@${version}`);
    shippedFrom(place, found, seen);
  }
  return found;
}

function placeOf(name: string, from: string): string | undefined {
  const place = join(from, 'node_modules', name);
  if (existsSync(place)) return place;
  return from === '.' ? undefined : placeOf(name, join(from, '..'));
}

test('the bill of materials names what is shipped, and nothing else', async () => {
  const { stdout } = await promisify(execFile)('sh', ['sbom.sh'], { maxBuffer: 10_000_000 });
  const { bomFormat, metadata, components } = JSON.parse(stdout);
  expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', 'astria-graphql']);
  const named = (components as Component[]).map(({ name, version }) => `${name}@${version}`);
  expect(named.toSorted()).toEqual([...shippedFrom('.')].toSorted());
  for (const { purl, hashes } of components as Component[]) {
    expect(purl).toMatch(/^pkg:npm\//);
    expect(hashes.map(({ alg }) => alg)).toEqual(['SHA-512']);
  }
});

test('the label tells the version that it is', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(dockerfile).toContain(`org.opencontainers.image.version="${version}"`);
});

test('the health check tells one that lives from one that is gone', async () => {
  const [, text] = /^ {2}CMD (\[.*\])$/m.exec(dockerfile) as unknown as [string, string];
  const [shell, ...args] = JSON.parse(text) as [string, ...string[]];
  const { child, url } = await started();
  const check = () => spawnSync(shell, args, { env: { PORT: new URL(url).port } }).status;
  expect(check()).toBe(0);
  child.kill('SIGKILL');
  await ended(child);
  expect(check()).toBe(1);
});

test('it is the command of the package, and serves unless told otherwise', () => {
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
  const listOf = (instruction: string) =>
    JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(dockerfile)?.[1] as string);
  expect(listOf('ENTRYPOINT')).toEqual(['node', normalize(bin['astria-graphql'])]);
  expect(listOf('CMD')).toEqual(['serve']);
});

test('it runs as a user by its number, so that Kubernetes can tell that it is not root', () => {
  const [, user = ''] = /^USER (.*)$/m.exec(dockerfile) ?? [];
  expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
});

test('compose bounds each service, and has its secrets as files', () => {
  const compose = readFileSync('compose.yaml', 'utf8');
  const [, services = ''] = /^services:\n(.*?)^secrets:/ms.exec(compose) ?? [];
  const each = services.split(/^ {2}(?=\w+:$)/m).filter((service) => /^\w+:$/m.test(service));
  expect(each).toHaveLength(2);
  for (const service of each) {
    expect(service).toMatch(/limits: \{ cpus: "[\d.]+", memory: \d+M, pids: \d+ \}/);
    expect(service).toContain('read_only: true');
    expect(service).toContain('cap_drop: [ALL]');
  }
  expect(services).toContain('REDIS_PASSWORD_FILE: /run/secrets/redis_password');
  expect(services).toContain('requirepass');
  // A secret in the environment shows in `docker inspect`.
  expect(services).not.toMatch(/(?:ASTRIA_AUTH_TOKEN|REDIS_PASSWORD):/);
});
