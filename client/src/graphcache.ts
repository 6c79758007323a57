/**
 * For urql's graphcache 9:
 *
 *     cacheExchange(graphcacheConfig)
 */
import type { CacheExchangeOpts, Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { introspection } from './introspection.generated.ts';
import { connections, keylessTypes } from './kit.generated.ts';

const noKey = () => null;

/** What has no id is kept within what it belongs to, and all pages that were read of a list are one. */
export const graphcacheConfig: CacheExchangeOpts = {
  schema: introspection,
  keys: Object.fromEntries(keylessTypes.map((name) => [name, noKey])),
  resolvers: Object.fromEntries(
    Object.entries(connections).map(([type, lists]) => [
      type,
      Object.fromEntries(Object.keys(lists).map((name) => [name, relayPagination() as Resolver])),
    ]),
  ),
};
