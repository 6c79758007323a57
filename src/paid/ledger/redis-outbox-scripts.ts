/** The outbox in the ledger of Redis. */
import { RECLAIM_MS } from './ledger.ts';
import { LEASE_MS } from './outbox.ts';

/**
 * `outbox` contains the ids of the items by their numbers, `outbox:` an item. Redis' own expiry removes what nobody has worked
 * on for days, because no key has a webhook any more. `add` runs within the script that records a result.
 */
export const OUTBOX = `
local function itemAt(id) return at .. ':outbox:' .. id end
local function addItem(object, caller, place, now)
  if caller == '' then return end
  local id = caller .. ':' .. object
  if redis.call('EXISTS', itemAt(id)) == 1 then return end
  redis.call('HSET', itemAt(id), 'caller', caller, 'place', place, 'object', object, 'since', now)
  redis.call('PEXPIRE', itemAt(id), ${RECLAIM_MS})
  redis.call('ZADD', at .. ':outbox', redis.call('INCR', at .. ':outbox-seq'), id)
end
`;

const ROOT = `local at = KEYS[1]\n${OUTBOX}`;

/** Arguments: process. */
export const LEAD = `${ROOT}
local holder = redis.call('GET', at .. ':outbox-lease')
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', at .. ':outbox-lease', ARGV[1], 'PX', ${LEASE_MS})
return 1
`;

/** Arguments: process. */
export const RESIGN = `${ROOT}
if redis.call('GET', at .. ':outbox-lease') == ARGV[1] then redis.call('DEL', at .. ':outbox-lease') end
`;

/** Arguments: seq, limit. Returns seq, id, caller, place, object, since and state of each item in turn. */
export const AFTER = `${ROOT}
local found = {}
local ids = redis.call('ZRANGEBYSCORE', at .. ':outbox', '(' .. ARGV[1], '+inf', 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  local item = redis.call('HMGET', itemAt(id), 'caller', 'place', 'object', 'since', 'state')
  if item[1] then
    for _, value in ipairs({ redis.call('ZSCORE', at .. ':outbox', id), id, item[1], item[2], item[3], item[4], item[5] or '' }) do
      found[#found + 1] = value
    end
  else redis.call('ZREM', at .. ':outbox', id) end
end
return found
`;

/** Arguments: id, state. */
export const NOTE = `${ROOT}
if redis.call('EXISTS', itemAt(ARGV[1])) == 1 then redis.call('HSET', itemAt(ARGV[1]), 'state', ARGV[2]) end
`;

/** Arguments: id. */
export const REMOVE = `${ROOT}
redis.call('DEL', itemAt(ARGV[1]))
redis.call('ZREM', at .. ':outbox', ARGV[1])
`;
