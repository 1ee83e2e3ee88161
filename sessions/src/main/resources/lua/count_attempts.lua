-- KEYS: 1 attempts. ARGV: 1 half-life ms, 2 how many to add. The count halves every half-life, and is forgotten when it
-- has faded to a thousandth. Answers the count (8 bytes, a double).
local kept = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local halfLife = tonumber(ARGV[1])
local count = 0
if kept then
    local then_count, at = struct.unpack('>dd', kept)
    count = then_count * 2 ^ (-math.max(0, now - at) / halfLife)
end
local add = tonumber(ARGV[2])
if add > 0 then
    count = count + add
    local fades = math.ceil(halfLife * math.max(1, math.log(count * 1000) / math.log(2)))
    redis.call('SET', KEYS[1], struct.pack('>dd', count, now), 'PX', fades)
end
return struct.pack('>d', count)
