-- KEYS: 1 session. ARGV: 1 the participant's chunk: its length u16, its tag (8 bytes), its rest; 2 most participants.
-- At the limit the one that joined first makes room.
-- Answers when the session was opened (6 bytes) and its organization tag (8 bytes); nil if there is none.
local kept = redis.call('GET', KEYS[1])
if not kept then return false end
local answer = string.sub(kept, 13, 18) .. string.sub(kept, 25, 32)
local tag = string.sub(ARGV[1], 3, 10)
local first = 49 + struct.unpack('>H', kept, 19)
local at, count, second = first, 0, first
while at < #kept do
    if string.sub(kept, at + 2, at + 9) == tag then return answer end
    at = at + 2 + struct.unpack('>H', kept, at)
    count = count + 1
    if count == 1 then second = at end
end
if count < tonumber(ARGV[2]) then second = first end
local _, _, generation = struct.unpack('>BBH', kept)
local value = string.sub(kept, 1, 2) .. struct.pack('>H', (generation + 1) % 65536) .. string.sub(kept, 5, first - 1)
    .. string.sub(kept, second) .. ARGV[1]
-- Not APPEND: Redis would reserve twice the length.
redis.call('SET', KEYS[1], value, 'KEEPTTL')
return answer
