package gatehouse.idp.keys;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Initialised {@link Signature} objects of one key, used by one thread at a time. Never waits: a thread that finds none
 * makes one, and what does not fit back is left to the collector.
 */
final class SignaturePool {

    private static final int SLOTS = 8;

    private final AtomicReferenceArray<Signature> idle = new AtomicReferenceArray<>(SLOTS);
    private final Callable<Signature> maker;

    SignaturePool(Callable<Signature> maker) {
        this.maker = maker;
    }

    /** One that nobody else has until it is given back. */
    Signature take() throws GeneralSecurityException {
        for (int i = 0; i < SLOTS; i++) {
            if (idle.getPlain(i) != null) {
                var signature = idle.getAndSet(i, null);
                if (signature != null) {
                    return signature;
                }
            }
        }
        try {
            return maker.call();
        } catch (GeneralSecurityException | RuntimeException failed) {
            throw failed;
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Only after a success: a failed operation leaves an object in a state that is not worth asking about. */
    void giveBack(Signature signature) {
        for (int i = 0; i < SLOTS; i++) {
            if (idle.getPlain(i) == null && idle.compareAndSet(i, null, signature)) {
                return;
            }
        }
    }
}
