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

/** Objects without an id are cached inside their parents, and the pages of a list are joined. */
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
