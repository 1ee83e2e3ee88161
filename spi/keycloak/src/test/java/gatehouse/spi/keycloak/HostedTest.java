package gatehouse.spi.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.host.Directory;
import gatehouse.spi.keycloak.model.HostedClient;
import gatehouse.spi.keycloak.model.HostedDirectory;
import gatehouse.spi.keycloak.model.HostedRealm;
import gatehouse.spi.keycloak.model.HostedUser;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class HostedTest {

    private final HostedDirectory directory =
            new HostedDirectory(new OneUser(), Map.of("realm.attribute.a", "1", "realm.main.attribute.a", "2"));

    static Stream<Arguments> models() {
        return Stream.of(Arguments.of(RealmModel.class, HostedRealm.class),
                Arguments.of(UserModel.class, HostedUser.class), Arguments.of(ClientModel.class, HostedClient.class),
                Arguments.of(RealmProvider.class, HostedDirectory.Realms.class),
                Arguments.of(UserProvider.class, HostedDirectory.Users.class),
                Arguments.of(ClientProvider.class, HostedDirectory.Clients.class),
                Arguments.of(EntityManager.class, RealmAttributesOnly.Answers.class),
                Arguments.of(TypedQuery.class, RealmAttributesOnly.AttributeQuery.class));
    }

    /** Nothing else would notice an answer that no model asks for. */
    @ParameterizedTest
    @MethodSource("models")
    void everyAnswerIsOneThatTheModelAsksFor(Class<?> model, Class<?> ours) {
        var asked = new HashSet<String>();
        Arrays.stream(model.getMethods()).map(HostedTest::signature).forEach(asked::add);
        assertThat(ours.getDeclaredMethods()).filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .filteredOn(method -> !Set.of("equals", "hashCode", "toString").contains(method.getName()))
                .isNotEmpty().extracting(HostedTest::signature).allMatch(asked::contains);
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    @Test
    void whatIsNotAnsweredIsRefusedByName() {
        var realm = directory.realms().getRealmByName("main");
        assertThatThrownBy(() -> realm.setEnabled(false)).isInstanceOf(UnsupportedByHost.class)
                .hasMessage("RealmModel.setEnabled is not supported by this host");
        assertThatThrownBy(() -> directory.users().addUser(realm, "eve")).isInstanceOf(UnsupportedByHost.class)
                .hasMessage("UserProvider.addUser is not supported by this host");
    }

    @Test
    void defaultMethodsOfTheModelRunAsKeycloakWroteThem() {
        assertThat(directory.realms().getRealm("main").getAttribute("a", 0)).isEqualTo(2);
        assertThat(directory.realms().getRealm("main").getAttribute("absent", 7)).isEqualTo(7);
    }

    @Test
    void modelsAreEqualWhenTheyStandForTheSame() {
        var realm = directory.realms().getRealm("main");
        assertThat(realm).isEqualTo(directory.realm("main")).hasSameHashCodeAs(directory.realm("main"));
        assertThat(realm).isNotEqualTo(directory.realm("other"));
        var user = directory.users().getUserById(realm, "u-1");
        assertThat(user).isEqualTo(directory.users().getUserByUsername(realm, "ada"));
        assertThat(user.getEmail()).isEqualTo("ada@acme-ads.example");
        assertThat(user.getFirstAttribute("email")).isEqualTo("ada@acme-ads.example");
        assertThat(user.getLastName()).isNull();
    }

    @Test
    void whoIsNotThereIsNullAsInKeycloak() {
        var realm = directory.realms().getRealm("main");
        assertThat(directory.realms().getRealm("nowhere")).isNull();
        assertThat(directory.users().getUserById(realm, "u-2")).isNull();
        assertThat(directory.clients().getClientByClientId(realm, "nobody")).isNull();
    }

    @Test
    void theEntityManagerAnswersForRealmAttributesOnly() {
        var manager = new RealmAttributesOnly(directory).getEntityManager();
        assertThatThrownBy(() -> manager.find(String.class, "x")).isInstanceOf(UnsupportedByHost.class)
                .hasMessage("EntityManager.find is not supported by this host");
        assertThatThrownBy(() -> manager.createQuery("SELECT u FROM UserEntity u", String.class))
                .isInstanceOf(UnsupportedByHost.class)
                .hasMessage("the JPA query for String is not supported by this host");
    }

    /** One issuer and one user. */
    private static final class OneUser implements Directory {

        @Override
        public List<IssuerView> issuers() {
            return List.of(new IssuerView("main", "Main", Map.of()));
        }

        @Override
        public Optional<UserView> user(String issuer, String userId) {
            return userId.equals("u-1") ? Optional.of(new UserView("u-1", "ada", Optional.of("ada@acme-ads.example"),
                    true, Optional.of("Ada"), Optional.empty(), true, 0, Map.of())) : Optional.empty();
        }

        @Override
        public Optional<UserView> userNamed(String issuer, String username) {
            return user(issuer, "u-1").filter(user -> user.username().equals(username));
        }

        @Override
        public Optional<ClientView> client(String issuer, String clientId) {
            return Optional.empty();
        }
    }
}
