package gatehouse.idp.boot.config;

/** A configuration that the server does not start with. The message names the place and what to do. */
public final class InvalidConfig extends RuntimeException {

    public InvalidConfig(String message) {
        super(message, null, false, false);
    }
}
