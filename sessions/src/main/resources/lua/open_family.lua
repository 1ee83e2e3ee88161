-- KEYS: 1 family, 2 mark that it is dead. ARGV: 1 ms to live, 2 header from the seed's hash on, and sealed body.
-- Answers '1', or nil if the family is open already. Of a family that was revoked before it opened nothing is kept.
if redis.call('EXISTS', KEYS[2]) == 1 then return '1' end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local value = struct.pack('>BBI4I6I6', 1, 0, 0, now, now) .. ARGV[2]
if not redis.call('SET', KEYS[1], value, 'NX', 'PX', ARGV[1]) then return false end
return '1'
