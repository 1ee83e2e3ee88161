package gatehouse.idp.keys;

/** A rotation that partners would notice. The message is for the operator. */
public final class RotationRefused extends RuntimeException {

    RotationRefused(String message) {
        super(message, null, false, false);
    }
}
