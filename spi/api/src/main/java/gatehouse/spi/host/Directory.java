package gatehouse.spi.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What providers may ask the server. Read-only: a provider learns, it does not change. Called on provider threads,
 * which may block; an answer that is not there is empty.
 */
public interface Directory {

    /** Knows nobody: for tools that start providers without a server. */
    Directory EMPTY = new Directory() {

        @Override
        public List<IssuerView> issuers() {
            return List.of();
        }

        @Override
        public Optional<UserView> user(String issuer, String userId) {
            return Optional.empty();
        }

        @Override
        public Optional<UserView> userNamed(String issuer, String username) {
            return Optional.empty();
        }

        @Override
        public Optional<ClientView> client(String issuer, String clientId) {
            return Optional.empty();
        }
    };

    /** Every issuer of the deployment. */
    List<IssuerView> issuers();

    /** The user with this id. */
    Optional<UserView> user(String issuer, String userId);

    /** The user with this user name or e-mail address. */
    Optional<UserView> userNamed(String issuer, String username);

    /** The client with this client id. */
    Optional<ClientView> client(String issuer, String clientId);

    /**
     * An issuer as providers see it.
     *
     * @param name        its short name
     * @param displayName what people call it
     * @param attributes  facts that providers look up by key
     */
    record IssuerView(String name, String displayName, Map<String, String> attributes) {

        public IssuerView {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * A user as providers see them. Carries no credential.
     *
     * @param id                     the {@code sub} of their tokens
     * @param username               what they sign in with
     * @param email                  address, if known
     * @param emailVerified          whether the address was proved
     * @param firstName              given name, if known
     * @param lastName               family name, if known
     * @param enabled                whether they may sign in
     * @param createdEpochMillis     when they were added
     * @param attributes             further facts
     */
    record UserView(
            String id,
            String username,
            Optional<String> email,
            boolean emailVerified,
            Optional<String> firstName,
            Optional<String> lastName,
            boolean enabled,
            long createdEpochMillis,
            Map<String, List<String>> attributes) {

        public UserView {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * An OAuth client as providers see it. Carries no secret.
     *
     * @param clientId     its identifier
     * @param name         what people call it
     * @param enabled      whether it may be used
     * @param publicClient whether it has no secret
     * @param attributes   further facts
     */
    record ClientView(String clientId, String name, boolean enabled, boolean publicClient,
                      Map<String, String> attributes) {

        public ClientView {
            attributes = Map.copyOf(attributes);
        }
    }
}
