package gatehouse.sessions.redis;

import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to Redis, each awaited under the caller's deadline. Commands of one shard share a connection, so they take
 * effect in the order in which they were given.
 */
final class Redis {

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

    private final List<StatefulRedisConnection<byte[], byte[]>> connections;
    private final Duration commandTimeout;
    private final Timer timer;

    /** @param timer keeps the time of every wait; ticks often enough for a deadline */
    Redis(List<StatefulRedisConnection<byte[], byte[]>> connections, Duration commandTimeout, Timer timer) {
        this.connections = List.copyOf(connections);
        this.commandTimeout = commandTimeout;
        this.timer = timer;
    }

    /** The commands of {@code shard}. */
    RedisAsyncCommands<byte[], byte[]> on(int shard) {
        return connections.get(shard % connections.size()).async();
    }

    List<StatefulRedisConnection<byte[], byte[]>> connections() {
        return connections;
    }

    /**
     * Sends a command and waits for its answer; empty if that is nil.
     *
     * @throws Unavailable      if Redis cannot answer, or does not within the command timeout
     * @throws DeadlineExceeded if the request's time runs out first
     */
    <T> Optional<T> await(Supplier<? extends CompletionStage<T>> command, Deadline deadline) {
        deadline.requireTime();
        try {
            return Optional.ofNullable(answer(command.get().toCompletableFuture(), deadline.within(commandTimeout)));
        } catch (DeadlineExceeded late) {
            if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
                throw late;
            }
            throw new Unavailable("Redis did not answer within " + commandTimeout, late);
        } catch (RuntimeException failure) {
            throw RedisErrors.translate(failure);
        }
    }

    /**
     * Waits without a time of its own, while a wheel of timers keeps the time: a virtual thread that parks for a time
     * has the JDK's timer thread woken at every command, and again when it has its answer.
     */
    private <T> T answer(CompletableFuture<T> answer, Deadline deadline) {
        if (answer.isDone()) {
            return deadline.await(answer);
        }
        var alarm = timer.newTimeout(
                _ -> answer.completeExceptionally(new DeadlineExceeded("Redis did not answer in time")),
                deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceeded("interrupted while waiting");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new CompletionException(failed.getCause());
        } finally {
            alarm.cancel();
        }
    }

    /** Runs a script that answers one string, or nil. */
    Optional<byte[]> run(Script script, int shard, byte[][] keys, Deadline deadline, byte[]... arguments) {
        return await(() -> send(script, shard, keys, arguments), deadline);
    }

    /** Sends a command whose outcome nobody waits for. */
    void quietly(Supplier<? extends CompletionStage<?>> command) {
        try {
            command.get().whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.debug("a command nobody waits for was not done", failure);
                }
            });
        } catch (RuntimeException failure) {
            LOG.debug("a command nobody waits for was not sent", failure);
        }
    }

    /** Sends a script by its digest, and by its text to a server that has forgotten it. */
    CompletionStage<byte[]> send(Script script, int shard, byte[][] keys, byte[]... arguments) {
        var commands = on(shard);
        CompletionStage<byte[]> sent = commands.evalsha(script.digest(), ScriptOutputType.VALUE, keys, arguments);
        return sent.exceptionallyCompose(failure -> isForgotten(failure)
                ? commands.eval(script.source(), ScriptOutputType.VALUE, keys, arguments)
                : CompletableFuture.failedStage(failure));
    }

    private static boolean isForgotten(Throwable failure) {
        return failure instanceof RedisNoScriptException || failure.getCause() instanceof RedisNoScriptException;
    }
}
