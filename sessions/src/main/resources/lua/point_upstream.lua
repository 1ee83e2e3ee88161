-- KEYS: 1 pointers to users whom an identity provider calls by one name, one after the other. ARGV: 1 pointer, 2 ms to
-- live, 3 most bytes. A name is one user's; several pointers are of accounts that were linked anew. Answers "1".
local kept = redis.call('GET', KEYS[1]) or ''
local length = #ARGV[1]
for at = 1, #kept, length do
    if string.sub(kept, at, at + length - 1) == ARGV[1] then
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return '1'
    end
end
if #kept + length > tonumber(ARGV[3]) then kept = string.sub(kept, length + 1) end
redis.call('SET', KEYS[1], kept .. ARGV[1], 'PX', ARGV[2])
return '1'
