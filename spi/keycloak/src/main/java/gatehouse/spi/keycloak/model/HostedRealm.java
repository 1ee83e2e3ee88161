package gatehouse.spi.keycloak.model;

import gatehouse.spi.host.Directory;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;

/** What is supported of {@link RealmModel}. Equal when of the same name. */
public final class HostedRealm {

    private final Directory.IssuerView issuer;
    private final Map<String, String> attributes;
    private final HostedDirectory directory;

    HostedRealm(Directory.IssuerView issuer, Map<String, String> attributes, HostedDirectory directory) {
        this.issuer = issuer;
        this.attributes = attributes;
        this.directory = directory;
    }

    public String getId() {
        return issuer.name();
    }

    public String getName() {
        return issuer.name();
    }

    public String getDisplayName() {
        return issuer.displayName();
    }

    public String getDisplayNameHtml() {
        return null;
    }

    public boolean isEnabled() {
        return true;
    }

    public boolean isOrganizationsEnabled() {
        return true;
    }

    public boolean isEventsEnabled() {
        return true;
    }

    public boolean isAdminEventsEnabled() {
        return true;
    }

    public boolean isInternationalizationEnabled() {
        return false;
    }

    public Stream<String> getSupportedLocalesStream() {
        return Stream.empty();
    }

    public String getDefaultLocale() {
        return "en";
    }

    public String getAttribute(String name) {
        return attributes.get(name);
    }

    public Map<String, String> getAttributes() {
        return attributes;
    }

    public Map<String, String> getSmtpConfig() {
        return Map.of();
    }

    public PasswordPolicy getPasswordPolicy() {
        return PasswordPolicy.empty();
    }

    public ClientModel getClientById(String id) {
        return getClientByClientId(id);
    }

    public ClientModel getClientByClientId(String clientId) {
        return directory.client(directory.realm(issuer.name()), clientId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostedRealm that && issuer.name().equals(that.issuer.name());
    }

    @Override
    public int hashCode() {
        return issuer.name().hashCode();
    }

    @Override
    public String toString() {
        return issuer.name();
    }
}
