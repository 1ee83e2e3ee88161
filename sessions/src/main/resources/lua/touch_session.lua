-- KEYS: 1 session. Notes its use, unless that was done within the last step: a minute, or less if the idle limit is
-- short. Answers nil.
local head = redis.call('GETRANGE', KEYS[1], 0, 23)
if head == '' then return false end
local last, ends = struct.unpack('>I4I4', head, 5)
local idle = struct.unpack('>I4', head, 21)
local time = redis.call('TIME')
local seconds = tonumber(time[1])
if seconds - last < math.max(1, math.min(60, math.floor(idle / 4))) then return false end
-- A write that needs no memory comes first: with it Redis lets the second pass even when its memory is full.
redis.call('PEXPIREAT', KEYS[1], math.min((seconds + idle) * 1000 + math.floor(tonumber(time[2]) / 1000), ends * 1000))
redis.call('SETRANGE', KEYS[1], 4, struct.pack('>I4', seconds))
return false
