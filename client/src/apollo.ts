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

/** Which types an interface may be, so that fragments on it are matched. */
export const possibleTypes: Record<string, string[]> = Object.fromEntries(
  Object.entries(possible).map(([name, types]) => [name, [...types]]),
);

const policies: Record<string, TypePolicy> = {};
const add = (type: string, policy: TypePolicy) => {
  policies[type] = { ...policies[type], ...policy };
};

for (const type of keylessTypes) add(type, { keyFields: false });
// What one operation reads of them, and what another does, is kept together.
for (const type of singletons) add(type, { keyFields: [] });
for (const [type, lists] of Object.entries(connections)) {
  const pages = Object.entries(lists).map(([name, keyArgs]) => [name, pagesPolicy(keyArgs)]);
  add(type, { fields: Object.fromEntries(pages) });
}

/** What has no id is kept within what it belongs to, and `fetchMore` joins pages. */
export const typePolicies: TypePolicies = policies;
