-- KEYS: 1 code. ARGV: 1 ms for which a spent code is remembered.
-- Answers the code, whose second byte says 0 live or 1 spent; of a spent one the first 32 bytes; nil if there is none.
local kept = redis.call('GET', KEYS[1])
if not kept or string.byte(kept, 2) == 1 then return kept end
-- The tombstone outlives the code, so that a late replay still names the family to revoke.
redis.call('SET', KEYS[1], string.sub(kept, 1, 1) .. '\1' .. string.sub(kept, 3, 32), 'PX', ARGV[1])
return kept
