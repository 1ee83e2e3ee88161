package gatehouse.spi.keycloak;

/** A provider asked for something of Keycloak that this server does not host. The message names it. */
public final class UnsupportedByHost extends RuntimeException {

    public UnsupportedByHost(String what) {
        super(what + " is not supported by this host");
    }

    UnsupportedByHost(String what, Throwable cause) {
        super(what + " is not supported by this host", cause);
    }
}
