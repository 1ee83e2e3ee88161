package gatehouse.sessions.redis;

import gatehouse.spi.Unavailable;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections to one Redis that fail fast and heal themselves: commands are refused while there is no connection, and a
 * connection on which nothing has come back for long, though {@link Heartbeat} keeps asking, is replaced.
 */
final class Connections implements AutoCloseable {

    private static final int SILENCE_SECONDS_MAX = 10;
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(3);
    // One thread keeps up with two cores of everything else, and finds work waiting more often than it has to be woken.
    private static final int IO_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final Duration TICK = Duration.ofMillis(10);
    private static final int FLUSH_AFTER_COMMANDS = 256;
    private static final Duration RECONNECT_AFTER_MIN = Duration.ofMillis(20);
    private static final Duration RECONNECT_AFTER_MAX = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final Timer timer;
    private final RedisClient client;
    private final RedisConfig config;

    Connections(RedisConfig config) {
        this.config = config;
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .reconnectDelay(Delay.fullJitter(RECONNECT_AFTER_MIN, RECONNECT_AFTER_MAX, 20, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        channel.pipeline()
                                .addFirst(new ReadTimeoutHandler(SILENCE_SECONDS_MAX))
                                // Commands that are ready together leave in one write.
                                .addFirst(new FlushConsolidationHandler(FLUSH_AFTER_COMMANDS, true));
                    }
                })
                .build();
        timer = new HashedWheelTimer(
                new DefaultThreadFactory("redis-timer", true), TICK.toMillis(), TimeUnit.MILLISECONDS);
        client = RedisClient.create(resources, uri(config));
        client.setOptions(options(config));
    }

    private static RedisURI uri(RedisConfig config) {
        var uri = RedisURI.create(config.uri());
        uri.setTimeout(HANDSHAKE_MAX);
        uri.setClientName("gatehouse");
        config.password().ifPresent(password -> uri.setCredentialsProvider(RedisCredentialsProvider.from(
                () -> RedisCredentials.just(config.uri().getUserInfo(), password))));
        return uri;
    }

    private static ClientOptions options(RedisConfig config) {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // A command that was under way when the connection broke may have been done: it is never sent twice.
                .replayFilter(_ -> true)
                .requestQueueSize(config.requestQueue())
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build()) // deadlines do that
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(config.connectTimeout())
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }

    /** Opens as many connections as configured. */
    List<StatefulRedisConnection<byte[], byte[]>> open() {
        try {
            var opened = new ArrayList<StatefulRedisConnection<byte[], byte[]>>();
            for (var i = 0; i < config.connections(); i++) {
                opened.add(client.connect(ByteArrayCodec.INSTANCE));
            }
            return opened;
        } catch (RedisException unreachable) {
            throw new Unavailable("cannot connect to Redis at " + config.uri(), unreachable);
        }
    }

    /** Keeps the time of those who wait for an answer; as exact as its tick. */
    Timer timer() {
        return timer;
    }

    /** Opens a connection for listening. */
    StatefulRedisPubSubConnection<byte[], byte[]> openForListening() {
        try {
            return client.connectPubSub(ByteArrayCodec.INSTANCE);
        } catch (RedisException unreachable) {
            throw new Unavailable("cannot connect to Redis at " + config.uri(), unreachable);
        }
    }

    @Override
    public void close() {
        timer.stop();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
