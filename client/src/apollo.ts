/**
 * For Apollo Client 4:
 *
 *     new InMemoryCache({ possibleTypes, typePolicies })
 */
import type { TypePolicies, TypePolicy } from '@apollo/client/cache';
import {
  connections,
  keylessTypes,
  possibleTypes as possible,
  singletons,
} from './kit.generated.ts';
import { pagesPolicy } from './pages.ts';

/** The types that implement each interface, so that fragments on it match. */
export const possibleTypes: Record<string, string[]> = Object.fromEntries(
  Object.entries(possible).map(([name, types]) => [name, [...types]]),
);

const policies: Record<string, TypePolicy> = {};
const add = (type: string, policy: TypePolicy) => {
  policies[type] = { ...policies[type], ...policy };
};

for (const type of keylessTypes) add(type, { keyFields: false });
// There is one object of each of these types, so all operations share its cache entry.
for (const type of singletons) add(type, { keyFields: [] });
for (const [type, lists] of Object.entries(connections)) {
  const pages = Object.entries(lists).map(([name, keyArgs]) => [name, pagesPolicy(keyArgs)]);
  add(type, { fields: Object.fromEntries(pages) });
}

/** Objects without an id are cached inside their parents, and `fetchMore` joins pages. */
export const typePolicies: TypePolicies = policies;
