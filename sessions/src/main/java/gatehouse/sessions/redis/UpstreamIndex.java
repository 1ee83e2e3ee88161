package gatehouse.sessions.redis;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.redis.Keyspace.UserIndex;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * From what identity providers call users and sessions to the users' own indexes, where the account link does not lead
 * there. A pointer is kept as long as a session may live at most, and may outlive the sessions that it was made for: it
 * is a place to look, and proves nothing.
 */
final class UpstreamIndex {

    private static final String BY_NAME = "name";
    private static final String BY_INDEX = "index";
    private static final byte[] BYTES_MAX = Script.number(32L * Keyspace.POINTER_BYTES);

    private final Redis redis;
    private final Keyspace keyspace;
    private final byte[] lifetime;

    /** @param longestLife how long a session lives at most */
    UpstreamIndex(Engine engine, Duration longestLife) {
        this.redis = engine.redis();
        this.keyspace = engine.keyspace();
        this.lifetime = Script.number(longestLife.toMillis());
    }

    /** Sends what makes a session of {@code authentication} findable, before it is opened: to be awaited beside that. */
    List<CompletionStage<byte[]>> point(Authentication authentication) {
        var sent = new ArrayList<CompletionStage<byte[]>>(1);
        authentication.upstream().ifPresent(came -> {
            if (came.isNamedApart()) {
                sent.add(point(BY_NAME, came.named(), authentication));
            }
            if (came.isNamedByIndexAlone()) {
                sent.add(point(BY_INDEX, came.index().orElseThrow(), authentication));
            }
        });
        return sent;
    }

    private CompletionStage<byte[]> point(String kind, String called, Authentication who) {
        var name = keyspace.upstreamName(kind, who.issuer(), who.upstream().orElseThrow().connection(), called);
        return redis.send(Script.POINT_UPSTREAM, Keyspace.shard(name), new byte[][] {keyspace.upstream(name)},
                keyspace.pointer(who.issuer(), who.user()), lifetime, BYTES_MAX);
    }

    /** The users who may have what {@code reference} means. */
    List<UserIndex> users(UpstreamReference reference, Optional<UserId> linked, Deadline deadline) {
        var found = new LinkedHashMap<ByteBuffer, UserIndex>();
        linked.map(user -> keyspace.index(reference.issuer(), user)).ifPresent(index -> add(found, index));
        reference.name().ifPresent(called -> pointed(BY_NAME, called, reference, deadline)
                .forEach(index -> add(found, index)));
        reference.index().ifPresent(called -> pointed(BY_INDEX, called, reference, deadline)
                .forEach(index -> add(found, index)));
        return List.copyOf(found.values());
    }

    private static void add(LinkedHashMap<ByteBuffer, UserIndex> found, UserIndex index) {
        found.putIfAbsent(ByteBuffer.wrap(index.key()), index);
    }

    private List<UserIndex> pointed(String kind, String called, UpstreamReference reference, Deadline deadline) {
        var name = keyspace.upstreamName(kind, reference.issuer(), reference.connection(), called);
        return redis.await(() -> redis.on(Keyspace.shard(name)).get(keyspace.upstream(name)), deadline)
                .map(Keyspace::indexes).orElse(List.of());
    }
}
