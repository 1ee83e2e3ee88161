-- KEYS: 1 flow. ARGV: 1 expected generation (4 bytes), 2 ms to live, 3 the flow that replaces it.
-- Answers '1', or nil if the flow is gone or of another generation.
if redis.call('GETRANGE', KEYS[1], 1, 4) ~= ARGV[1] then return false end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
return '1'
