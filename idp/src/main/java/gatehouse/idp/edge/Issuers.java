package gatehouse.idp.edge;

import gatehouse.spi.Deadline;

/** Which issuers exist and are enabled. */
public interface Issuers {

    /** Whether the issuer named {@code name} is known to exist; false may mean that it was not looked up yet. Never waits. */
    boolean isKnown(String name);

    /** Whether it exists, looked up if need be. */
    boolean exists(String name, Deadline deadline);
}
