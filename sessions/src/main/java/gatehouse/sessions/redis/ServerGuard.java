package gatehouse.sessions.redis;

import gatehouse.sessions.secret.Text;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import io.lettuce.core.SetArgs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses a Redis that sessions are not safe in: one that may evict keys, or that holds another deployment's data. */
final class ServerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);
    private static final String POLICY = "maxmemory_policy:";
    private static final int SHARD = 0;

    private final Redis redis;
    private final String meta;

    ServerGuard(Redis redis, Keyspace keyspace) {
        this.redis = redis;
        this.meta = "gatehouse sessions 1; shards " + ShardTags.SHARDS + "; master key " + keyspace.masterCheck();
    }

    /**
     * Requires that Redis never evicts a key.
     *
     * @throws IllegalStateException if it may
     */
    void requireNoEviction(Deadline deadline) {
        var info = redis.await(() -> redis.on(SHARD).info("memory"), deadline).orElse("");
        var policy = info.lines()
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()).strip())
                .findFirst()
                .orElse("unknown");
        if (!policy.equals("noeviction")) {
            throw new IllegalStateException("Redis has maxmemory-policy " + policy
                    + ": it would drop sessions, spent codes and lockouts when its memory is full."
                    + " Set maxmemory-policy to noeviction");
        }
    }

    /**
     * Requires that what Redis holds was written with our master key and number of shards, if it holds anything.
     *
     * @throws IllegalStateException if it was not
     */
    void requireOurs(Deadline deadline) {
        var wanted = Text.ascii(meta);
        var written = redis.await(() -> redis.on(SHARD).set(Keyspace.META, wanted, new SetArgs().nx()), deadline);
        if (written.isPresent()) {
            LOG.info("Redis held no sessions of this deployment");
            return;
        }
        var found = redis.await(() -> redis.on(SHARD).get(Keyspace.META), deadline).map(Text::ascii).orElse("");
        if (!found.equals(meta)) {
            throw new IllegalStateException("Redis holds the sessions of another master key or number of shards."
                    + " Give this deployment the key they were written with, or a Redis of its own");
        }
    }

    /** Both, as a matter of readiness. */
    void require(Deadline deadline) {
        try {
            requireNoEviction(deadline);
            requireOurs(deadline);
        } catch (IllegalStateException unsafe) {
            throw new Unavailable(unsafe.getMessage(), unsafe);
        }
    }
}
