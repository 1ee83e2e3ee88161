package gatehouse.idp.upstream;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;

/** Where identity providers send browsers to for a logout, whatever their protocol. */
public final class LogoutPaths {

    /** The path; {@code {connection}} is the connection's id. */
    public static final String ARRIVAL = "/logout/arrive/{connection}";

    /** Where providers post notices that sessions are over (OpenID Connect Back-Channel Logout). */
    public static final String BACKCHANNEL = "/logout/backchannel/{connection}";

    /** What providers show in a frame for the same (OpenID Connect Front-Channel Logout). */
    public static final String FRONTCHANNEL = "/logout/frontchannel/{connection}";

    private LogoutPaths() {}

    /** The address for {@code connection}. */
    public static String arrival(Issuer issuer, ConnectionId connection) {
        return issuer.at("/logout/arrive/" + connection);
    }
}
