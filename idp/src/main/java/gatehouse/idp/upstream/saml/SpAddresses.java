package gatehouse.idp.upstream.saml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who we are to the identity provider of one connection. Unless its administrator chose a name, every connection has an
 * entityID of its own, so that an assertion made for one organization is for no other.
 *
 * @param entityId our entityID; if it was not chosen, also where our metadata is
 * @param acs      where responses are taken
 * @param otherAcs where else they may be made for, with the indexes from 1 on; forwarded to {@code acs} by others
 */
public record SpAddresses(String entityId, String acs, List<String> otherAcs) {

    public SpAddresses {
        otherAcs = List.copyOf(otherAcs);
    }

    /** Our addresses for {@code connection} of {@code issuer} if its settings choose nothing. */
    public static SpAddresses of(Issuer issuer, ConnectionId connection) {
        return new SpAddresses(issuer.at("/saml/sp/" + connection), issuer.at("/login/arrive/" + connection),
                List.of());
    }

    /** Our addresses for {@code connection} of {@code issuer}, with what its settings choose. */
    public static SpAddresses of(Issuer issuer, Connection connection) {
        var usual = of(issuer, connection.id());
        return new SpAddresses(connection.settings().path("sp_entity_id").asText(usual.entityId()), usual.acs(),
                texts(connection.settings(), "additional_acs_urls"));
    }

    private static List<String> texts(ObjectNode settings, String name) {
        var found = new ArrayList<String>();
        settings.path(name).forEach((JsonNode text) -> found.add(text.asText()));
        return found;
    }

    /** All addresses that a response may be made for; ours first. */
    List<String> allAcs() {
        var all = new ArrayList<String>();
        all.add(acs);
        all.addAll(otherAcs);
        return List.copyOf(all);
    }
}
