import { CLOCK_SKEW_MS, RECLAIM_MS } from './ledger.ts';
import { CHARGES } from './redis-charge-scripts.ts';
import { OUTBOX } from './redis-outbox-scripts.ts';

/**
 * The atomic operations, as Redis scripts. All Redis keys begin with `KEYS[1]`, whose braces keep them on one node of a
 * cluster. An entry is a hash. `key:` leads to an entry, `claim:` says to whom an object belongs, and `sought:` contains the
 * entries that may have made what others search for. The field `key` of an entry has all its keys, separated by spaces.
 * `RECLAIM_MS`, Redis' own expiry, only removes what nobody asks for, because its clock may be set too. `expires_at` decides,
 * in Astria's time.
 */
const COMMON = `
local at = KEYS[1]
${CHARGES}
${OUTBOX}
local function entryAt(id) return at .. ':entry:' .. id end
local function fieldOf(id, name) return redis.call('HGET', entryAt(id), name) end
local function note(id, sentAt)
  local sought = fieldOf(id, 'sought')
  if not sought or sought == '' then return end
  redis.call('ZADD', at .. ':sought:' .. sought, sentAt, id)
  redis.call('PEXPIRE', at .. ':sought:' .. sought, ${RECLAIM_MS})
end
local function unnote(id)
  local sought = fieldOf(id, 'sought')
  if sought and sought ~= '' then redis.call('ZREM', at .. ':sought:' .. sought, id) end
end
local function claimAt(id, object) return at .. ':claim:' .. fieldOf(id, 'kind') .. ':' .. object end
local function settle(id, object, made)
  if object ~= '' then redis.call('SET', claimAt(id, object), id, 'PX', ${RECLAIM_MS}, 'NX') end
  unnote(id)
  if fieldOf(id, 'key') == '' then redis.call('DEL', entryAt(id))
  else redis.call('HSET', entryAt(id), 'state', 'done', 'made', made) end
  return made
end
`;

/**
 * Arguments: id, now, earliest, heldUntil, keptUntil, sentAt or '', the number of keys, the keys, then the fields of a new
 * entry. Returns nil if it was opened.
 */
export const BEGIN = `${COMMON}
local id, now, earliest, sentAt = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[6]
local last = 7 + tonumber(ARGV[7])
local function stands(known)
  if not known or known == id or redis.call('EXISTS', entryAt(known)) == 0 then return false end
  local expiresAt = tonumber(fieldOf(known, 'expires_at') or 'inf')
  local heldUntil = tonumber(fieldOf(known, 'held_until'))
  local isHeld = heldUntil > now and heldUntil <= tonumber(ARGV[4]) + ${CLOCK_SKEW_MS}
  if expiresAt > earliest and (isHeld or fieldOf(known, 'state') ~= 'begun') then return true end
  if not chargeOf(known, 'jobs') then release(known) end
  redis.call('DEL', entryAt(known))
  return false
end
for i = 8, last do
  local known = redis.call('GET', at .. ':key:' .. ARGV[i])
  if stands(known) then return redis.call('HGETALL', entryAt(known)) end
end
for i = 8, last do redis.call('SET', at .. ':key:' .. ARGV[i], id, 'PX', ${RECLAIM_MS}) end
local keys = table.concat(ARGV, ' ', 8, last)
redis.call('HSET', entryAt(id), 'id', id, 'key', keys, 'held_until', ARGV[4], 'expires_at', ARGV[5], unpack(ARGV, last + 1))
redis.call('PEXPIRE', entryAt(id), ${RECLAIM_MS})
if sentAt ~= '' then
  redis.call('HSET', entryAt(id), 'state', 'sent', 'sent_at', sentAt)
  note(id, sentAt)
end
return nil
`;

/** Arguments: id, sentAt, files, keptUntil. */
export const SENT = `${COMMON}
local id, sentAt = ARGV[1], ARGV[2]
local state = fieldOf(id, 'state')
if state == 'sent' and fieldOf(id, 'sent_at') == sentAt then return 1 end
if state ~= 'begun' then return 0 end
redis.call('HSET', entryAt(id), 'state', 'sent', 'sent_at', sentAt, 'files', ARGV[3], 'expires_at', ARGV[4])
note(id, sentAt)
return 1
`;

/**
 * Arguments: id, object or '', made, made if the object is another write's, '1' if a price will be read, its jobs, isAll or '',
 * cost or '', now, '1' if the object existed before, the recipient or '', its workspace or ''.
 */
export const DONE = `${COMMON}
local id, object = ARGV[1], ARGV[2]
if redis.call('EXISTS', entryAt(id)) == 0 then return ARGV[3] end
local holder = object ~= '' and redis.call('GET', claimAt(id, object))
local isKnown = holder and holder ~= id
if isKnown or ARGV[10] == '1' then release(id)
elseif ARGV[5] == '1' then notePriced(id, ARGV[6], ARGV[7], ARGV[8], ARGV[9]) end
if object ~= '' then addItem(fieldOf(id, 'kind') .. ':' .. object, ARGV[11], ARGV[12], ARGV[9]) end
return settle(id, object, isKnown and ARGV[4] or ARGV[3])
`;

/** Arguments: id. */
export const FREE = `${COMMON}
local id = ARGV[1]
release(id)
unnote(id)
for key in string.gmatch(fieldOf(id, 'key') or '', '%S+') do
  if redis.call('GET', at .. ':key:' .. key) == id then redis.call('DEL', at .. ':key:' .. key) end
end
redis.call('DEL', entryAt(id))
`;

/** Arguments: id, now. */
export const LOST = `${COMMON}
local id = ARGV[1]
local state = fieldOf(id, 'state')
if not state or state == 'done' then return end
redis.call('HSETNX', entryAt(id), 'sent_at', ARGV[2])
redis.call('HSET', entryAt(id), 'state', 'unknown')
note(id, fieldOf(id, 'sent_at'))
`;

/** Arguments: id, rivalMs, now, the recipient or '', its workspace or '', then the objects that were found. */
export const CLAIM = `${COMMON}
local id, rivalMs = ARGV[1], tonumber(ARGV[2])
if redis.call('EXISTS', entryAt(id)) == 0 then return nil end
local made = fieldOf(id, 'made')
if made then return made end
local only
for i = 6, #ARGV do
  local holder = redis.call('GET', claimAt(id, ARGV[i]))
  if not holder or holder == id then
    if only then return nil end
    only = ARGV[i]
  end
end
if not only then return nil end
local sentAt = tonumber(fieldOf(id, 'sent_at'))
local near = redis.call('ZRANGEBYSCORE', at .. ':sought:' .. fieldOf(id, 'sought'), sentAt - rivalMs, sentAt + rivalMs)
for _, rival in ipairs(near) do
  if rival ~= id and redis.call('EXISTS', entryAt(rival)) == 1 then return nil end
end
notePriced(id, fieldOf(id, 'kind') .. ':' .. only, '', '', ARGV[3])
addItem(fieldOf(id, 'kind') .. ':' .. only, ARGV[4], ARGV[5], ARGV[3])
return settle(id, only, '{"id":' .. only .. ',"wasFound":true}')
`;

/** Arguments: heldUntil, then ids. */
export const HOLD = `${COMMON}
for i = 2, #ARGV do
  if redis.call('EXISTS', entryAt(ARGV[i])) == 1 then redis.call('HSET', entryAt(ARGV[i]), 'held_until', ARGV[1]) end
end
`;

/** Arguments: now, then anything. */
export const CHECK = `redis.call('SET', KEYS[1] .. ':check', ARGV[1])`;
