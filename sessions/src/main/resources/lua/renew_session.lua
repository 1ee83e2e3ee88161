-- KEYS: 1 session, 2 the index of the user it must belong to. ARGV: 1 raw id, 2 header from the organization tag on,
-- and sealed authentication. Keeps when it was opened, its absolute end, its limits and its participants.
-- Answers the tag of the organization it had (8 bytes) and the session; nil if there is none, or it is another user's.
local kept = redis.call('GET', KEYS[1])
if not kept or not redis.call('ZSCORE', KEYS[2], ARGV[1]) then return false end
local _, _, generation = struct.unpack('>BBH', kept)
local ends = struct.unpack('>I4', kept, 9)
local length, idle = struct.unpack('>HI4', kept, 19)
local time = redis.call('TIME')
local seconds = tonumber(time[1])
local value = struct.pack('>BBHI4', 1, 0, (generation + 1) % 65536, seconds) .. string.sub(kept, 9, 18)
    .. struct.pack('>HI4', #ARGV[2] - 24, idle) .. ARGV[2] .. string.sub(kept, 49 + length)
redis.call('SET', KEYS[1], value, 'PXAT',
    math.min((seconds + idle) * 1000 + math.floor(tonumber(time[2]) / 1000), ends * 1000))
return string.sub(kept, 25, 32) .. value
