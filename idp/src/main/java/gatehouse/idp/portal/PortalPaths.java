package gatehouse.idp.portal;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;
import java.net.URI;

/** The portal's addresses, as paths. */
final class PortalPaths {

    private PortalPaths() {}

    /** What all of them begin with. */
    static String base(Issuer issuer) {
        return URI.create(issuer.url()).getRawPath() + "/portal";
    }

    static String connections(Issuer issuer) {
        return base(issuer) + "/connections";
    }

    static String step(Issuer issuer, ConnectionId connection, Step step) {
        return connections(issuer) + "/" + connection + "/" + step.slug();
    }

    /** A step, saying what was just done. */
    static String step(Issuer issuer, ConnectionId connection, Step step, String done) {
        return step(issuer, connection, step) + "?done=" + done;
    }

    /** The way in for emergencies of the organization whose {@code connection} is to be enforced. */
    static String glass(Issuer issuer, ConnectionId connection) {
        return connections(issuer) + "/" + connection + "/break-glass";
    }

    /** Attempts to sign in over {@code connection}. */
    static String attempts(Issuer issuer, ConnectionId connection) {
        return connections(issuer) + "/" + connection + "/attempts";
    }

    static String domains(Issuer issuer) {
        return base(issuer) + "/domains";
    }
}
