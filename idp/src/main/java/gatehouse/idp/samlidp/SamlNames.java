package gatehouse.idp.samlidp;

import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.sessions.FlowStore;
import java.time.InstantSource;
import javax.crypto.SecretKey;

/** What service providers call people and sessions, remembered from the sign-in to the end of the session. */
public final class SamlNames {

    private final SubjectNames subjects;
    private final GivenNames given;
    private final SamlFarewells farewells;

    /**
     * What the names need of other rooms.
     *
     * @param pairwiseKey secret of the deployment for persistent NameIDs; never changes, or everybody becomes a
     *                    stranger
     * @param http        takes logout requests to servers
     */
    public record Rooms(
            SamlWire wire,
            SamlKeys keys,
            ClientCatalog clients,
            FlowStore flows,
            HttpCaller http,
            SecretKey pairwiseKey,
            InstantSource time) {}

    public SamlNames(Rooms rooms) {
        this.subjects = new SubjectNames(rooms.pairwiseKey());
        this.given = new GivenNames(rooms.flows(), subjects, rooms.time());
        this.farewells = new SamlFarewells(rooms.clients(), given, rooms.wire(), rooms.keys(), rooms.http());
    }

    SubjectNames subjects() {
        return subjects;
    }

    GivenNames given() {
        return given;
    }

    /** Tells service providers that a session is over. */
    public SamlFarewells farewells() {
        return farewells;
    }
}
