/** `npm run check`: what clients have been promised in `schema/released.graphql` is kept, or its end is announced. */
import { readFileSync } from 'node:fs';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

export interface Contract {
  /** The SDL of the last release, and that of now. */
  released: string;
  current: string;
  changelog: string;
  /** Such as `2027-06-01`. */
  today: string;
}

/** What is wrong, and what to do; empty where nothing is. */
export async function faultsOf({ released, current, changelog, today }: Contract) {
  const [before, now] = [buildSchema(released), buildSchema(current)];
  const changes = await diff(before, now);
  const breaking = changes.filter(({ criticality }) => criticality.level === BREAKING);
  return [
    ...undatedIn(now),
    ...unannounced(breaking, announcedIn(changelog)),
    ...tooEarly(breaking, deprecationsIn(before), today),
  ];
}

const BREAKING = CriticalityLevel.Breaking;

const undatedIn = (schema: GraphQLSchema) =>
  [...deprecationsIn(schema)]
    .filter(([, reason]) => !dateIn(reason))
    .map(
      ([path, reason]) =>
        `${path} is @deprecated without a date: write from which day on it may be gone, such as 2027-06-01, into its reason (${JSON.stringify(reason)}).`,
    );

const unannounced = (breaking: readonly Change[], announced: ReadonlySet<string>) =>
  breaking
    .filter(({ path = '' }) => !announced.has(path))
    .map(
      ({ path, message }) =>
        `${message}. This breaks clients: write an entry into CHANGELOG.md, under Unreleased, that begins with "- **Breaking**" and names \`${path}\`.`,
    );

const tooEarly = (
  breaking: readonly Change[],
  deprecations: ReadonlyMap<string, string>,
  today: string,
) =>
  breaking.flatMap(({ path = '', message }) => {
    const date = dateIn(deprecations.get(path) ?? '');
    return date && today < date
      ? [`${message}. It was promised until ${date}: leave it until then.`]
      : [];
  });

/** What the entries of breaking changes name, each as graphql-inspector calls its place: `Tune.title`, `Query.tune.id`. */
function announcedIn(changelog: string): Set<string> {
  const sections = changelog.split(/^## /m);
  const unreleased = sections.find((section) => section.startsWith('Unreleased\n')) ?? '';
  const entries = unreleased.split(/^- /m).filter((entry) => entry.startsWith('**Breaking**'));
  return new Set(entries.flatMap((entry) => [...entry.matchAll(/`([^`]+)`/g)].map(nameOf)));
}

const nameOf = ([, name = '']: RegExpExecArray) => name;

/** The first day that a reason names. */
function dateIn(reason: string): string | undefined {
  const [date] = /\b\d{4}-\d{2}-\d{2}\b/.exec(reason) ?? [];
  return date && new Date(`${date}T00:00Z`).toJSON()?.startsWith(date) ? date : undefined;
}

interface Member {
  name: string;
  deprecationReason?: string | null | undefined;
}

/** The reason of each place that is deprecated. */
function deprecationsIn(schema: GraphQLSchema): Map<string, string> {
  const found = new Map<string, string>();
  const look = (at: string, members: Iterable<Member>) => {
    for (const { name, deprecationReason } of members) {
      if (deprecationReason != null) found.set(`${at}.${name}`, deprecationReason);
    }
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) look(type.name, type.getValues());
    if (isInputObjectType(type)) look(type.name, Object.values(type.getFields()));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const fields = Object.values(type.getFields());
    look(type.name, fields);
    for (const { name, args } of fields) look(`${type.name}.${name}`, args);
  }
  return found;
}

if (import.meta.main) {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const faults = await faultsOf({
    released: read('schema/released.graphql'),
    current: read('schema/schema.graphql'),
    changelog: read('CHANGELOG.md'),
    today: new Date().toISOString().slice(0, 10),
  });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
