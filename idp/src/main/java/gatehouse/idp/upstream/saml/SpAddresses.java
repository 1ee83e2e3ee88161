package gatehouse.idp.upstream.saml;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;

/**
 * Who we are to the identity provider of one connection. Every connection has an entityID of its own, so that an
 * assertion made for one organization is for no other.
 *
 * @param entityId our entityID, which is also where our metadata is
 * @param acs      where responses are taken
 */
public record SpAddresses(String entityId, String acs) {

    /** Our addresses for {@code connection} of {@code issuer}. */
    public static SpAddresses of(Issuer issuer, ConnectionId connection) {
        return new SpAddresses(issuer.at("/saml/sp/" + connection), issuer.at("/login/arrive/" + connection));
    }
}
