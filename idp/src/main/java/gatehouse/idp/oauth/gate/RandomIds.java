package gatehouse.idp.oauth.gate;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes 128-bit ids that nobody can guess, 22 base64url characters each. Draws from the system's generator in
 * batches: a call of its own for each would cost more than the rest of the id. Each byte is given out once and then
 * wiped. For ids that are published, not for secrets. Safe for many threads, without locks.
 */
public final class RandomIds {

    private static final int ID_BYTES = 16;
    private static final int BATCH_BYTES = ID_BYTES * 256;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private record Batch(byte[] bytes, AtomicInteger next) {}

    private final SecureRandom random;
    private final AtomicReference<Batch> batch;

    public RandomIds(SecureRandom random) {
        this.random = random;
        this.batch = new AtomicReference<>(fresh());
    }

    /** A new id. */
    public String next() {
        while (true) {
            var current = batch.get();
            int at = current.next().getAndAdd(ID_BYTES);
            if (at >= 0 && at + ID_BYTES <= BATCH_BYTES) {
                var id = Arrays.copyOfRange(current.bytes(), at, at + ID_BYTES);
                Arrays.fill(current.bytes(), at, at + ID_BYTES, (byte) 0);
                return ENCODER.encodeToString(id);
            }
            batch.compareAndSet(current, fresh());
        }
    }

    private Batch fresh() {
        var bytes = new byte[BATCH_BYTES];
        random.nextBytes(bytes);
        return new Batch(bytes, new AtomicInteger());
    }
}
