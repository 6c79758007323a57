/** What Kubernetes and the Prometheus operator accept, by the schemas that they publish. */

import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Service } from 'kubernetes-models/v1/Service';
import type { Resource } from './kustomize.ts';

interface Model {
  apiVersion: string;
  kind: string;
  prototype: { validate(): void };
}

const MODELS: Model[] = [
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PrometheusRule,
  Service,
  ServiceMonitor,
  StatefulSet,
];

/** Returns what is wrong with a resource, fields that its schema does not have among it. */
export function faultsOf(resource: Resource): string[] {
  const Known = MODELS.find(
    ({ apiVersion, kind }) => apiVersion === resource.apiVersion && kind === resource.kind,
  );
  if (!Known) return [`there is no ${resource.apiVersion} ${resource.kind}`];
  const read = new Set<string>();
  try {
    // Not of an instance, which would be a copy.
    Known.prototype.validate.call(watched(resource, '', read));
  } catch (error) {
    return [String(error)];
  }
  return pathsOf(resource, '')
    .filter((path) => !read.has(path))
    .map((path) => `unknown: ${path}`);
}

/** The schemas allow fields that they do not know, and never read them. */
function watched<T>(value: T, at: string, read: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const path = `${at}/${String(name)}`;
      read.add(path);
      return watched(Reflect.get(target, name), path, read);
    },
  });
}

const pathsOf = (value: unknown, at: string): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        `${at}/${name}`,
        ...pathsOf(inner, `${at}/${name}`),
      ]);
