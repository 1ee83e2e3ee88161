package gatehouse.sessions.secret;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;

/** Ciphers that wait for their next use: making one costs more than using it. Safe for concurrent use. */
final class IdleCiphers {

    private static final int PLACES = 16;

    /** Makes a cipher. */
    @FunctionalInterface
    interface Maker {
        Cipher make() throws GeneralSecurityException;
    }

    private final AtomicReferenceArray<Cipher> places = new AtomicReferenceArray<>(PLACES);
    private final Maker maker;

    IdleCiphers(Maker maker) {
        this.maker = maker;
    }

    /** A cipher for the caller alone, until it gives it back. */
    Cipher take() throws GeneralSecurityException {
        var idle = places.getAndSet(place(), null);
        return idle != null ? idle : make();
    }

    /** A new cipher. */
    Cipher make() throws GeneralSecurityException {
        return maker.make();
    }

    /** Takes back a cipher that has finished well; one that failed is better forgotten. */
    void giveBack(Cipher cipher) {
        places.setRelease(place(), cipher);
    }

    /** Where the current thread looks: threads that run at once mostly look in different places. */
    private static int place() {
        return (int) Thread.currentThread().threadId() & PLACES - 1;
    }
}
