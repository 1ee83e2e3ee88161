-- KEYS: 1 cut-offs. ARGV: 1 organization tag (8 bytes), 2 ms for which a cut-off matters, 3 channel.
-- Answers the cut-off: now (6 bytes).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local cut = struct.pack('>I6', now)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
redis.call('PUBLISH', ARGV[3], ARGV[1] .. cut)
return cut
