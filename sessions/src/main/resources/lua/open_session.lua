-- KEYS: 1 session, 2 the user's index. ARGV: 1 raw id, 2 idle limit s, 3 absolute limit s, 4 most sessions of a user,
-- 5 header from the organization tag on, and sealed authentication, 6 the first participant's chunk, or nothing.
-- Answers when it was opened (6 bytes), and if the user has too many now, the raw ids of all; nil if the key is taken.
local time = redis.call('TIME')
local seconds = tonumber(time[1])
local now = seconds * 1000 + math.floor(tonumber(time[2]) / 1000)
local idle = tonumber(ARGV[2])
local ends = seconds + tonumber(ARGV[3])
local opened = struct.pack('>I6', now)
local value = struct.pack('>BBHI4I4', 1, 0, 0, seconds, ends) .. opened
    .. struct.pack('>HI4', #ARGV[5] - 24, idle) .. ARGV[5] .. ARGV[6]
-- The first write is one that Redis refuses when its memory is full: then nothing has been done.
if not redis.call('SET', KEYS[1], value, 'NX', 'PXAT', math.min(now + idle * 1000, ends * 1000)) then return false end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', seconds)
redis.call('ZADD', KEYS[2], ends, ARGV[1])
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
redis.call('EXPIREAT', KEYS[2], last[2])
if redis.call('ZCARD', KEYS[2]) <= tonumber(ARGV[4]) then return opened end
return opened .. table.concat(redis.call('ZRANGE', KEYS[2], 0, -1))
