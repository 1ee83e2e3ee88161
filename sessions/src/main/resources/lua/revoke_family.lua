-- KEYS: 1 family, 2 mark that it is dead. ARGV: 1 ms for which it is remembered. Answers nil.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], '', 'PX', ARGV[1])
return false
