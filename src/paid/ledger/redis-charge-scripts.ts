/** Money in the ledger of Redis. Each of these runs within a script, so it is atomic. */
import { RECLAIM_MS } from './ledger.ts';
import { DUE, LOOKED_AFTER_MS, SPENDING_KEPT_MS } from './spending.ts';

/**
 * `charge:` is the reservation of one write. `spending:` is what a budget has spent and reserved in a day or a month. `due`
 * contains the reservations whose prices are polled, `owed` those whose writes may still be found. Names of budgets contain no
 * spaces.
 */
export const CHARGES = `
local function chargeAt(id) return at .. ':charge:' .. id end
local function chargeOf(id, name) return redis.call('HGET', chargeAt(id), name) end
local function spendingAt(budget, period) return at .. ':spending:' .. budget .. ':' .. period end
local function add(id, spent, reserved)
  for budget in string.gmatch(chargeOf(id, 'budgets') or '', '%S+') do
    for _, period in ipairs({ chargeOf(id, 'day'), chargeOf(id, 'month') }) do
      local key = spendingAt(budget, period)
      redis.call('HINCRBY', key, 'spent', spent)
      redis.call('HINCRBY', key, 'reserved', reserved)
      redis.call('PEXPIRE', key, ${SPENDING_KEPT_MS})
    end
  end
end
local function drop(id)
  redis.call('DEL', chargeAt(id))
  redis.call('ZREM', at .. ':due', id)
  redis.call('ZREM', at .. ':owed', id)
end
local function release(id)
  local reserved = chargeOf(id, 'reserved')
  if not reserved then return end
  add(id, 0, -tonumber(reserved))
  drop(id)
end
local function count(text)
  local _, found = string.gsub(text, '%S+', '')
  return found
end
local function notePriced(id, jobs, isAll, costMc, now)
  local reserved = chargeOf(id, 'reserved')
  if not reserved or chargeOf(id, 'jobs') then return end
  if costMc ~= '' then
    add(id, tonumber(costMc), -tonumber(reserved))
    return drop(id)
  end
  if jobs == '' then return drop(id) end
  local parts = chargeOf(id, 'parts')
  local isWhole = isAll
  if isAll == '' then isWhole = (parts ~= '' and count(jobs) >= tonumber(parts)) and '1' or '0' end
  redis.call('HSET', chargeAt(id), 'jobs', jobs, 'is_all', isWhole)
  redis.call('ZREM', at .. ':owed', id)
  redis.call('ZADD', at .. ':due', tonumber(now) + ${DUE.shortestMs}, id)
end
local function forget(earliest)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', at .. ':owed', '-inf', earliest)) do
    local expiresAt = redis.call('HGET', at .. ':entry:' .. id, 'expires_at')
    if expiresAt and tonumber(expiresAt) > tonumber(earliest) then
      redis.call('ZADD', at .. ':owed', expiresAt, id)
    else release(id) end
  end
end
`;

const ROOT = 'local at = KEYS[1]\n';

/**
 * Arguments: id, amount, parts or '', day, month, now, earliest, keptUntil, then for each budget: name, limit of a day or '',
 * limit of a month or ''.
 */
export const RESERVE = `${ROOT}${CHARGES}
forget(ARGV[7])
local id, amount = ARGV[1], tonumber(ARGV[2])
local names = {}
for i = 9, #ARGV, 3 do
  names[#names + 1] = ARGV[i]
  for j, period in ipairs({ ARGV[4], ARGV[5] }) do
    local max = ARGV[i + j]
    if max ~= '' then
      local had = redis.call('HMGET', spendingAt(ARGV[i], period), 'spent', 'reserved')
      local found = tonumber(had[1] or 0) + tonumber(had[2] or 0) + amount
      if found > tonumber(max) then return { ARGV[i], j, max, string.format('%.0f', found) } end
    end
  end
end
redis.call('HSET', chargeAt(id), 'budgets', table.concat(names, ' '), 'reserved', amount, 'parts', ARGV[3], 'day', ARGV[4], 'month', ARGV[5], 'since', ARGV[6])
redis.call('PEXPIRE', chargeAt(id), ${RECLAIM_MS})
redis.call('ZADD', at .. ':owed', ARGV[8], id)
add(id, 0, amount)
return nil
`;

/** Arguments: now, limit. Returns ids and their jobs in turn. */
export const TAKE_DUE = `${ROOT}${CHARGES}
local now, taken = tonumber(ARGV[1]), {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', at .. ':due', '-inf', now, 'LIMIT', 0, ARGV[2])) do
  local since = tonumber(chargeOf(id, 'since') or 0)
  if now - since > ${LOOKED_AFTER_MS} then drop(id)
  else
    local later = math.min(${DUE.longestMs}, math.max(${DUE.shortestMs}, math.floor((now - since) / ${DUE.patience})))
    redis.call('ZADD', at .. ':due', now + later, id)
    taken[#taken + 1] = id
    taken[#taken + 1] = chargeOf(id, 'jobs') or ''
  end
end
return taken
`;

/** Arguments: id, job, cost. Returns the budgets and what is still reserved, or nil if the price was recorded before. */
export const TOLD = `${ROOT}${CHARGES}
local id, job, cost = ARGV[1], ARGV[2], tonumber(ARGV[3])
local left, wasThere = {}, false
for each in string.gmatch(chargeOf(id, 'jobs') or '', '%S+') do
  if each == job then wasThere = true else left[#left + 1] = each end
end
if not wasThere then return nil end
local reserved = tonumber(chargeOf(id, 'reserved'))
local isOver = #left == 0 and chargeOf(id, 'is_all') == '1'
local still = isOver and 0 or math.max(0, reserved - cost)
local budgets = chargeOf(id, 'budgets')
add(id, cost, still - reserved)
if #left == 0 then drop(id)
else redis.call('HSET', chargeAt(id), 'jobs', table.concat(left, ' '), 'reserved', still) end
return { budgets, still }
`;

/** Arguments: earliest, day, month, then names. Returns spent and reserved, for the day and for the month. */
export const SPENDING = `${ROOT}${CHARGES}
forget(ARGV[1])
local found = {}
for i = 4, #ARGV do
  for _, period in ipairs({ ARGV[2], ARGV[3] }) do
    local had = redis.call('HMGET', spendingAt(ARGV[i], period), 'spent', 'reserved')
    found[#found + 1] = had[1] or '0'
    found[#found + 1] = had[2] or '0'
  end
end
return found
`;
