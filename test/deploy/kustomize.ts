/** Does what `kustomize build` does, for the features that `deploy/` uses. It fails on any other one. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

type Json = Record<string, unknown>;

export interface Resource extends Json {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
}

interface Kustomization {
  apiVersion: string;
  kind: string;
  resources?: string[];
  patches?: { path: string }[];
  namespace?: string;
  images?: { name: string; newName?: string; newTag?: string }[];
  configMapGenerator?: {
    name: string;
    files: string[];
    options: { disableNameSuffixHash: true; labels?: Record<string, string> };
  }[];
}

const KNOWN = [
  'apiVersion',
  'kind',
  'resources',
  'patches',
  'namespace',
  'images',
  'configMapGenerator',
];

/** Kubernetes reads YAML 1.1: `0440` is octal there, and `on` is true. */
const readAll = (path: string) =>
  parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors.join('\n')}`);
    return document.toJS() as Resource;
  });

/** Returns what is applied by `kubectl apply -k folder`. */
export function build(folder: string): Resource[] {
  const [file] = readAll(join(folder, 'kustomization.yaml')) as unknown as [Kustomization];
  const unknown = Object.keys(file).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw new Error(`${folder} uses ${unknown}, which is not resolved here`);
  const { resources = [], patches = [], namespace, images = [] } = file;
  const all = [
    ...resources.flatMap((path) =>
      path.endsWith('.yaml') ? readAll(join(folder, path)) : build(join(folder, path)),
    ),
    ...generated(file, folder),
  ];
  for (const { path } of patches) {
    for (const patch of readAll(join(folder, path))) applyPatch(all, patch);
  }
  for (const resource of all) {
    if (namespace) resource.metadata.namespace = namespace;
    for (const container of containersOf(resource))
      container.image = named(container.image, images);
  }
  return all;
}

const generated = ({ configMapGenerator = [] }: Kustomization, folder: string): Resource[] =>
  configMapGenerator.map(({ name, files, options: { labels = {} } }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
    data: Object.fromEntries(
      files.map((path) => [basename(path), readFileSync(join(folder, path), 'utf8')]),
    ),
  }));

function applyPatch(all: Resource[], patch: Resource) {
  const { kind, metadata } = patch;
  const index = all.findIndex((one) => one.kind === kind && one.metadata.name === metadata.name);
  if (index < 0) throw new Error(`there is no ${kind} ${metadata.name} to patch`);
  all[index] = merged(all[index], patch) as Resource;
}

/** The lists whose members are known by a field. Any other list of a patch replaces what was there. */
const MERGE_KEYS: Record<string, string> = {
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

function merged(base: unknown, patch: unknown, name = ''): unknown {
  const key = MERGE_KEYS[name];
  if (key && Array.isArray(base) && Array.isArray(patch)) return mergedLists(base, patch, key);
  if (!isMap(base) || !isMap(patch)) return patch;
  const result = { ...base };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field];
    else result[field] = merged(base[field], value, field);
  }
  return result;
}

function mergedLists(base: Json[], patch: Json[], key: string) {
  const added = patch.filter((one) => !base.some((other) => other[key] === one[key]));
  const kept = base.map((one) => {
    const change = patch.find((other) => other[key] === one[key]);
    return change ? merged(one, change) : one;
  });
  return [...kept, ...added];
}

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Container extends Json {
  name: string;
  image: string;
  env?: { name: string; value: string }[];
  ports: { name: string; containerPort: number }[];
  volumeMounts: { name: string; mountPath: string }[];
}

export interface Pod extends Json {
  containers: Container[];
  volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
  terminationGracePeriodSeconds: number;
}

export const podOf = ({ spec }: Resource) =>
  (spec as { template?: { spec: Pod } } | undefined)?.template?.spec;

const containersOf = (resource: Resource) => podOf(resource)?.containers ?? [];

function named(image: string, images: NonNullable<Kustomization['images']>) {
  const change = images.find(({ name }) => name === image);
  return change ? `${change.newName ?? image}${change.newTag ? `:${change.newTag}` : ''}` : image;
}
