package gatehouse.spi.keycloak.model;

import gatehouse.spi.host.Directory;
import gatehouse.spi.keycloak.Hosted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** The directory as Keycloak's realm, user and client providers. An issuer is a realm whose id is its name. */
public final class HostedDirectory {

    private final Directory directory;
    private final Map<String, String> configuration;
    private final RealmProvider realms = Hosted.as(RealmProvider.class, new Realms());
    private final UserProvider users = Hosted.as(UserProvider.class, new Users());
    private final ClientProvider clients = Hosted.as(ClientProvider.class, new Clients());

    /** {@code configuration} adds attributes to realms, by {@code realm.[<name>.]attribute.<key>}. */
    public HostedDirectory(Directory directory, Map<String, String> configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** Keycloak's way to ask for realms. */
    public RealmProvider realms() {
        return realms;
    }

    /** Keycloak's way to ask for users. */
    public UserProvider users() {
        return users;
    }

    /** Keycloak's way to ask for clients. */
    public ClientProvider clients() {
        return clients;
    }

    /**
     * The realm called {@code name}. One that the directory does not know is made up from its name, because an event
     * of an issuer proves that the issuer exists.
     */
    public RealmModel realm(String name) {
        var known = directory.issuers().stream().filter(issuer -> issuer.name().equals(name)).findFirst()
                .orElseGet(() -> new Directory.IssuerView(name, name, Map.of()));
        return realm(known);
    }

    private RealmModel realm(Directory.IssuerView issuer) {
        var attributes = new HashMap<>(issuer.attributes());
        attributes.putAll(below("realm.attribute."));
        attributes.putAll(below("realm." + issuer.name() + ".attribute."));
        return Hosted.as(RealmModel.class, new HostedRealm(issuer, Map.copyOf(attributes), this));
    }

    private Map<String, String> below(String prefix) {
        var found = new HashMap<String, String>();
        configuration.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** The client with this id, null if there is none. */
    ClientModel client(RealmModel realm, String clientId) {
        return directory.client(realm.getName(), clientId)
                .map(client -> Hosted.as(ClientModel.class, new HostedClient(client, realm))).orElse(null);
    }

    private static UserModel user(Optional<Directory.UserView> found) {
        return found.map(user -> Hosted.as(UserModel.class, new HostedUser(user))).orElse(null);
    }

    /** What is supported of {@link RealmProvider}. */
    public final class Realms {

        public RealmModel getRealm(String id) {
            return getRealmByName(id);
        }

        public RealmModel getRealmByName(String name) {
            return directory.issuers().stream().filter(issuer -> issuer.name().equals(name)).findFirst()
                    .map(issuer -> realm(issuer)).orElse(null);
        }

        public Stream<RealmModel> getRealmsStream() {
            return directory.issuers().stream().map(issuer -> realm(issuer));
        }

        public void close() {
        }
    }

    /** What is supported of {@link UserProvider}. */
    public final class Users {

        public UserModel getUserById(RealmModel realm, String id) {
            return user(directory.user(realm.getName(), id));
        }

        public UserModel getUserByUsername(RealmModel realm, String username) {
            return user(directory.userNamed(realm.getName(), username));
        }

        public UserModel getUserByEmail(RealmModel realm, String email) {
            return user(directory.userNamed(realm.getName(), email)
                    .filter(found -> found.email().filter(email::equalsIgnoreCase).isPresent()));
        }

        public void close() {
        }
    }

    /** What is supported of {@link ClientProvider}. */
    public final class Clients {

        public ClientModel getClientById(RealmModel realm, String id) {
            return client(realm, id);
        }

        public ClientModel getClientByClientId(RealmModel realm, String clientId) {
            return client(realm, clientId);
        }

        public void close() {
        }
    }
}
