/** The manifests of `deploy/kubernetes`: they are valid, and their parts find each other. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { DEPLOYED_SETTINGS } from '../support/redis.ts';
import { build, podOf, type Resource } from './kustomize.ts';
import { faultsOf } from './models.ts';

const OVERLAYS = ['single', 'replicas'] as const;
const overlay = (name: string) => build(`deploy/kubernetes/overlays/${name}`);

test.each(OVERLAYS)('%s has nothing that Kubernetes would refuse or not know', (name) => {
  expect(overlay(name).flatMap(faultsOf)).toEqual([]);
});

test.each([
  ['readinessProbe', 'readinesProbe', 'unknown: /spec/template/spec/containers/0/readinesProbe'],
  ['"maxSkew":1', '"maxSkew":"1"', 'topologySpreadConstraints/0/maxSkew must be integer'],
  ['"interval":"15s"', '"intervall":"15s"', 'unknown: /spec/endpoints/0/intervall'],
  ['"expr":"absent', '"exp":"absent', 'must have required property expr'],
])('%s as %s is found', (right, wrong, fault) => {
  const changed = JSON.stringify(overlay('replicas')).replace(right, wrong);
  const faults = (JSON.parse(changed) as Resource[]).flatMap(faultsOf);
  expect(faults[0]).toContain(fault);
});

type Labels = Record<string, string>;
interface Spec {
  selector?: Labels & { matchLabels?: Labels };
  podSelector?: { matchLabels: Labels };
  ports?: { targetPort: string }[];
  endpoints?: { port: string }[];
  ingress?: { ports: { port: string | number }[] }[];
  egress?: { ports: { port: string | number }[] }[];
  template?: { metadata: { labels: Labels } };
  scaleTargetRef?: { kind: string; name: string };
  serviceName?: string;
}
const specOf = ({ spec }: Resource) => (spec ?? {}) as Spec;

describe.each(OVERLAYS)('%s', (name) => {
  const resources = overlay(name);
  const workloads = resources.filter(podOf);
  const gateway = resources.find(({ kind }) => kind === 'Deployment') as Resource;
  const pod = podOf(gateway);
  const [container] = pod?.containers ?? [];
  const env = new Map(container?.env?.map((one) => [one.name, one.value]));

  /** The pods or services that have all of the labels. */
  const podsWith = (labels: Labels) =>
    workloads.filter((one) => hasAll(specOf(one).template?.metadata.labels, labels));

  test('every selector finds what it selects', () => {
    const selectors = resources.flatMap((one) => {
      const { selector, podSelector } = specOf(one);
      const labels = podSelector?.matchLabels ?? selector?.matchLabels ?? selector;
      return labels ? [{ kind: one.kind, labels: labels as Labels }] : [];
    });
    expect(selectors.length).toBeGreaterThan(2);
    for (const { kind, labels } of selectors) {
      const services = resources.filter((one) => one.kind === 'Service');
      const found =
        kind === 'ServiceMonitor'
          ? services.filter((one) => hasAll(one.metadata.labels, labels))
          : podsWith(labels);
      expect(found, `${kind} ${JSON.stringify(labels)}`).toHaveLength(1);
    }
  });

  test('every port is one of a container', () => {
    for (const one of resources) {
      const { ports = [], endpoints = [], ingress = [], selector, podSelector } = specOf(one);
      const names = [
        ...ports.map(({ targetPort }) => targetPort),
        ...endpoints.map(({ port }) => port),
        ...ingress.flatMap((rule) => rule.ports.map(({ port }) => port)),
      ];
      const labels = podSelector?.matchLabels ?? selector?.matchLabels ?? selector;
      const [found] = labels ? podsWith(labels as Labels) : [];
      const there = found && podOf(found)?.containers.flatMap((each) => each.ports);
      for (const each of names)
        expect(there?.flatMap((port) => [port.name, port.containerPort])).toContain(each);
    }
  });

  test('egress names no port, because not every network plugin resolves the name', () => {
    const rules = resources.flatMap((one) => specOf(one).egress ?? []);
    const ports = rules.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toContain(443);
    for (const port of ports) expect(port).toEqual(expect.any(Number));
  });

  test('every reference leads to something', () => {
    const there = resources.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    for (const one of resources) {
      const { scaleTargetRef: to, serviceName } = specOf(one);
      if (to) expect(there).toContain(`${to.kind}/${to.name}`);
      if (serviceName) expect(there).toContain(`Service/${serviceName}`);
    }
    for (const { name: volume, persistentVolumeClaim: claim } of pod?.volumes ?? []) {
      if (claim) expect(there, volume).toContain(`PersistentVolumeClaim/${claim.claimName}`);
    }
    const [host] = env.has('REDIS_URL') ? [new URL(env.get('REDIS_URL') ?? '').hostname] : [];
    if (host) expect(there).toContain(`Service/${host}`);
    expect(new Set(resources.map(({ metadata }) => metadata.namespace)).size).toBe(1);
  });

  test('every mounted folder is a volume of the pod', () => {
    for (const one of workloads) {
      const { containers, volumes = [] } = podOf(one) ?? { containers: [] };
      const claims = (one.spec as { volumeClaimTemplates?: Resource[] }).volumeClaimTemplates ?? [];
      const there = [
        ...volumes.map((each) => each.name),
        ...claims.map((each) => each.metadata.name),
      ];
      const mounted = containers.flatMap((each) => each.volumeMounts.map((mount) => mount.name));
      expect(mounted.toSorted()).toEqual(there.toSorted());
    }
  });

  test('a process has more time to end than it takes', () => {
    const { shutdownDelayMs, shutdownTimeoutMs } = readConfig({});
    const leastMs = shutdownDelayMs + shutdownTimeoutMs;
    expect((pod?.terminationGracePeriodSeconds ?? 0) * 1000).toBeGreaterThan(leastMs);
  });

  test('what is set is a setting, and secrets are files', () => {
    const known = readFileSync('docs/configuration.md', 'utf8');
    for (const [setting, value] of env) {
      expect(known, setting).toContain(`\`${setting}\``);
      if (/TOKEN|KEYS|PASSWORD/.test(setting)) expect(value).toContain('/run/secrets/');
    }
  });

  test('every container is bounded and has no rights', () => {
    for (const one of workloads) {
      expect(podOf(one)?.securityContext).toMatchObject({ runAsNonRoot: true });
      for (const each of podOf(one)?.containers ?? []) {
        expect(each.resources).toMatchObject({
          limits: { memory: expect.stringMatching(/^\d+Mi$/) },
        });
        expect(each.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });
});

const hasAll = (labels: Labels = {}, wanted: Labels) =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

describe('Redis', () => {
  const set = overlay('replicas').find(({ kind }) => kind === 'StatefulSet') as Resource;
  const [redis] = (podOf(set) as { containers: unknown[] }).containers as [RedisContainer];
  const settingsOf = (command: string[]) =>
    /redis-server .*$/.exec(command.at(-1) ?? '')?.[0] ?? '';
  const settings = settingsOf(redis.command);
  const inCompose = parse(readFileSync('compose.yaml', 'utf8')).services.redis;

  test('it loses nothing, and a snapshot that fails cannot stop it', () => {
    expect(settings).toContain('--appendonly yes --appendfsync always --save ""');
    expect(settings).toContain('--maxmemory-policy noeviction');
    expect(settingsOf(inCompose.command)).toBe(settings);
    expect(settings.replaceAll('"', '')).toContain(DEPLOYED_SETTINGS.slice(0, 4).join(' '));
    expect(settings).toContain(DEPLOYED_SETTINGS.slice(4).join(' '));
  });

  test('it may take twice its memory while it rewrites its file, in memory and on disk', () => {
    const maxMb = 1024 * Number(/--maxmemory (\d+)gb/.exec(settings)?.[1]);
    expect(Number.parseInt(redis.resources.limits.memory, 10)).toBeGreaterThan(2 * maxMb);
    const inMb = Number.parseInt(inCompose.deploy.resources.limits.memory, 10);
    expect(inMb).toBeGreaterThan(2 * maxMb);
    const [{ spec }] = (set.spec as { volumeClaimTemplates: [Claim] }).volumeClaimTemplates;
    expect(1024 * Number.parseInt(spec.resources.requests.storage, 10)).toBeGreaterThanOrEqual(
      2 * maxMb,
    );
  });
});

interface RedisContainer {
  command: string[];
  resources: { limits: { memory: string } };
}
interface Claim {
  spec: { resources: { requests: { storage: string } } };
}
