package gatehouse.idp.portal;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionState;

/** What the states of a connection mean to its setup. */
final class States {

    private States() {}

    /** As it is written in message keys. */
    static String word(Connection connection) {
        return connection.state().toString();
    }

    /** Whether nobody but testers comes through it: changes may be made at once. */
    static boolean isBeingSetUp(Connection connection) {
        return connection.state().isBeingSetUp();
    }

    static boolean isActive(Connection connection) {
        return connection.state() == ConnectionState.ACTIVE || isEnforced(connection);
    }

    static boolean isEnforced(Connection connection) {
        return connection.state() == ConnectionState.ENFORCED;
    }
}
