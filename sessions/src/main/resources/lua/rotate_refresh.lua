-- KEYS: 1 family, 2 mark that it is dead, 3 outbox, 4 session if it lives with one. ARGV: 1 presented generation,
-- 2 hash of the seed, 3 tag of the client, 4 grace ms, 5 ms for which a dead family is remembered, 6 family id,
-- 7 session id, 8 length of the outbox, 9 ms for which it is kept.
-- Answers one letter, when the session was opened (6 bytes, zeros if there is none) and the family: N rotated,
-- R retried, X replayed; nil if there is nothing to rotate.
local kept = redis.call('GET', KEYS[1])
if not kept or string.sub(kept, 19, 34) ~= ARGV[2] or string.sub(kept, 35, 42) ~= ARGV[3] then return false end
local opened = '\0\0\0\0\0\0'
if KEYS[4] then
    opened = redis.call('GETRANGE', KEYS[4], 12, 17)
    if opened == '' then
        redis.call('DEL', KEYS[1])
        return false
    end
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local generation, rotated = struct.unpack('>I4I6', kept, 3)
local presented = tonumber(ARGV[1])
-- We made what is presented: if it is newer than what is kept, then a failover lost the rotation, and it is current.
if presented >= generation then
    -- A write that needs no memory comes first: with it Redis lets the second pass even when its memory is full.
    redis.call('DEL', KEYS[2])
    redis.call('SETRANGE', KEYS[1], 2, struct.pack('>I4I6', presented + 1, now))
    return 'N' .. opened .. kept
end
if presented == generation - 1 and now - rotated <= tonumber(ARGV[4]) then return 'R' .. opened .. kept end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], '', 'PX', ARGV[5])
local session = KEYS[4] and redis.call('GETDEL', KEYS[4]) or ''
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*', 'event', 'replayed', 'family', ARGV[6], 'sid', ARGV[7],
    'reason', 'refresh token replayed', 'session', session)
redis.call('PEXPIRE', KEYS[3], ARGV[9])
return 'X' .. opened .. kept
