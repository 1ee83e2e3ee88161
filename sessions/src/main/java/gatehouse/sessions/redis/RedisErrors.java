package gatehouse.sessions.redis;

import gatehouse.spi.Unavailable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Sorts what a command failed of: Redis cannot answer now, which passes, or we are wrong, which does not. */
final class RedisErrors {

    /** Answers of a server that is starting, full, failing over, or busy; also when a script met them. */
    private static final List<String> PASSING = List.of(
            "OOM ", "LOADING ", "BUSY ", "READONLY ", "NOREPLICAS ", "MASTERDOWN ", "CLUSTERDOWN ", "TRYAGAIN ",
            "MISCONF ", "UNKILLABLE ", "NOAUTH ", "WRONGPASS ");

    private RedisErrors() {}

    /** What to throw for {@code failure} of a command. */
    static RuntimeException translate(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> translate(wrapped.getCause());
            case RedisCommandExecutionException answered when !passes(answered.getMessage()) -> answered;
            case RedisException unreachable -> new Unavailable("Redis cannot answer now", unreachable);
            case CancellationException dropped -> new Unavailable("the connection to Redis was lost", dropped);
            case RejectedExecutionException closing -> new Unavailable("the connection to Redis is closed", closing);
            case RuntimeException fault -> fault;
            default -> new IllegalStateException(failure);
        };
    }

    private static boolean passes(String message) {
        if (message == null) {
            return false;
        }
        for (var prefix : PASSING) {
            // Redis 6.2 wraps what a script met: "ERR Error running script (…): -OOM command not allowed …".
            var met = message.startsWith("ERR Error running script") && message.contains('-' + prefix);
            if (met || message.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
