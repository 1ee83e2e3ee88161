/**
 * The session stores on Redis 6.2 or newer. Owns the keys, the encoding, the scripts and the connections; refuses a
 * server that may evict keys. Everything read back is either a hash, a number or sealed. Redis' own clock decides what
 * is expired, so the clocks of the nodes do not matter. Enter through {@link gatehouse.sessions.redis.RedisStores}.
 *
 * <p>Numbers in headers are big-endian. A key's letter says its kind: {@code s} session, {@code u} a user's sessions,
 * {@code k} code, {@code r} refresh family, {@code d} dead access tokens, {@code c} flow, {@code j} replay mark,
 * {@code n} attempts, {@code q} outbox, {@code o} cut-offs of organizations.
 */
package gatehouse.sessions.redis;
