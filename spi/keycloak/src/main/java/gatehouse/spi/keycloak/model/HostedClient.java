package gatehouse.spi.keycloak.model;

import gatehouse.spi.host.Directory;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** What is supported of {@link ClientModel}. Equal when of the same client id and realm. */
public final class HostedClient {

    private final Directory.ClientView client;
    private final RealmModel realm;

    HostedClient(Directory.ClientView client, RealmModel realm) {
        this.client = client;
        this.realm = realm;
    }

    public String getId() {
        return client.clientId();
    }

    public String getClientId() {
        return client.clientId();
    }

    public String getName() {
        return client.name();
    }

    public RealmModel getRealm() {
        return realm;
    }

    public String getProtocol() {
        return "openid-connect";
    }

    public boolean isEnabled() {
        return client.enabled();
    }

    public boolean isPublicClient() {
        return client.publicClient();
    }

    public String getAttribute(String name) {
        return client.attributes().get(name);
    }

    public Map<String, String> getAttributes() {
        return client.attributes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostedClient that && client.clientId().equals(that.client.clientId())
                && realm.equals(that.realm);
    }

    @Override
    public int hashCode() {
        return client.clientId().hashCode();
    }

    @Override
    public String toString() {
        return client.clientId();
    }
}
