package gatehouse.spi.keycloak.model;

import gatehouse.spi.host.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** What is supported of {@link UserModel}. Equal when of the same id. */
public final class HostedUser {

    private final Directory.UserView user;
    private final Map<String, List<String>> attributes;

    HostedUser(Directory.UserView user) {
        this.user = user;
        var all = new HashMap<>(user.attributes());
        all.put(UserModel.USERNAME, List.of(user.username()));
        put(all, UserModel.EMAIL, user.email());
        put(all, UserModel.FIRST_NAME, user.firstName());
        put(all, UserModel.LAST_NAME, user.lastName());
        this.attributes = Map.copyOf(all);
    }

    private static void put(Map<String, List<String>> all, String name, Optional<String> value) {
        value.ifPresent(present -> all.put(name, List.of(present)));
    }

    public String getId() {
        return user.id();
    }

    public String getUsername() {
        return user.username();
    }

    public String getEmail() {
        return user.email().orElse(null);
    }

    public boolean isEmailVerified() {
        return user.emailVerified();
    }

    public String getFirstName() {
        return user.firstName().orElse(null);
    }

    public String getLastName() {
        return user.lastName().orElse(null);
    }

    public boolean isEnabled() {
        return user.enabled();
    }

    public Long getCreatedTimestamp() {
        return user.createdEpochMillis();
    }

    public String getFirstAttribute(String name) {
        return getAttributeStream(name).findFirst().orElse(null);
    }

    public Stream<String> getAttributeStream(String name) {
        return attributes.getOrDefault(name, List.of()).stream();
    }

    public Map<String, List<String>> getAttributes() {
        return attributes;
    }

    public String getFederationLink() {
        return null;
    }

    public String getServiceAccountClientLink() {
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostedUser that && user.id().equals(that.user.id());
    }

    @Override
    public int hashCode() {
        return user.id().hashCode();
    }

    @Override
    public String toString() {
        return user.id();
    }
}
