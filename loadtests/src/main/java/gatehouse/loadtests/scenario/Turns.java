package gatehouse.loadtests.scenario;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Things that only one journey at a time may use, such as refresh tokens; who finds none free waits in line.
 */
final class Turns<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<T> free = new ArrayDeque<>();
    private final Queue<Promise<T>> waiting = new ArrayDeque<>();

    Turns(Collection<T> things) {
        free.addAll(things);
    }

    /** Takes a thing, uses it, and gives back what {@code use} made of it, or the thing itself if that failed. */
    <R extends T> Future<R> take(Function<T, Future<R>> use) {
        return next().compose(thing -> used(thing, use)
            .onSuccess(this::giveBack)
            .onFailure(_ -> giveBack(thing)));
    }

    private static <T, R> Future<R> used(T thing, Function<T, Future<R>> use) {
        try {
            return use.apply(thing);
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private Future<T> next() {
        lock.lock();
        try {
            var thing = free.poll();
            if (thing != null) {
                return Future.succeededFuture(thing);
            }
            var turn = Promise.<T>promise();
            waiting.add(turn);
            return turn.future();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(T thing) {
        Promise<T> turn;
        lock.lock();
        try {
            turn = waiting.poll();
            if (turn == null) {
                free.add(thing);
            }
        } finally {
            lock.unlock();
        }
        if (turn != null) {
            turn.complete(thing);
        }
    }
}
