-- KEYS: 1 session, 2 the user's index, 3 outbox. ARGV: 1 raw id, 2 id, 3 reason, 4 length of the outbox, 5 ms for which
-- the outbox is kept. No session ends without an event. Answers the session; nil if there is none.
local kept = redis.call('GETDEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
if not kept then return false end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[4], '*', 'event', 'ended', 'sid', ARGV[2], 'reason', ARGV[3],
    'session', kept)
redis.call('PEXPIRE', KEYS[3], ARGV[5])
return kept
