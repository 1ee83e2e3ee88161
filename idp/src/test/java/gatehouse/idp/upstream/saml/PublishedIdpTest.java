package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.arrive;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metadata is fetched when it is first needed, kept fresh, and never the end of a working connection. */
class PublishedIdpTest {

    private static final URI METADATA = URI.create("https://idp.example/metadata");

    private final SamlLogin login = new SamlLogin();

    private void publish(TestCredentials... keys) {
        publish(FakeSamlIdp.ENTITY_ID, keys);
    }

    private void publish(String entityId, TestCredentials... keys) {
        login.web.put(METADATA, MetadataWriter.identityProvider(entityId, "https://idp.example/sso", "https://idp.example/slo",
                List.of(keys).stream().map(TestCredentials::certificate).toList()).getBytes(StandardCharsets.UTF_8));
    }

    private Connector open() {
        return login.open(JsonNodeFactory.instance.objectNode().put("metadata_url", METADATA.toString()));
    }

    private void signIn(Connector connector, TestCredentials key) {
        var departure = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned(Dsig.honest().with(key));
        assertThat(arrive(connector, departure, document).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    private static void assertRefused(String reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason())
                .isEqualTo(reason));
    }

    @Test
    void nothingIsFetchedBeforeTheFirstLoginAndOnceForManyAfterIt() {
        publish(TestCredentials.IDP);
        var connector = open();
        assertThat(login.fetches).isZero();
        signIn(connector, TestCredentials.IDP);
        signIn(connector, TestCredentials.IDP);
        assertThat(login.fetches).isEqualTo(1);
    }

    @Test
    void staleCopyServesWhileTheProviderIsDown() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        login.web.clear();
        login.now = login.now.plus(Duration.ofDays(30));
        signIn(connector, TestCredentials.IDP);
        assertThat(login.fetches).as("one attempt, then a pause").isEqualTo(2);
        login.now = login.now.plus(PublishedIdp.PAUSE_AFTER_FAILURE);
        publish(TestCredentials.IDP);
        signIn(connector, TestCredentials.IDP);
        assertThat(login.fetches).isEqualTo(3);
    }

    @Test
    void copyIsRenewedWhenItIsDue() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        login.now = login.now.plus(Duration.ofMinutes(59));
        signIn(connector, TestCredentials.IDP);
        assertThat(login.fetches).isEqualTo(1);
        login.now = login.now.plus(Duration.ofMinutes(1)); // our own metadata asks for an hour
        signIn(connector, TestCredentials.IDP);
        assertThat(login.fetches).isEqualTo(2);
    }

    @Test
    void newKeyIsFetchedWhenItIsFirstUsedButNotForEveryForgery() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        publish(TestCredentials.IDP, TestCredentials.IDP_NEXT);
        login.now = login.now.plus(Duration.ofMinutes(2));
        signIn(connector, TestCredentials.IDP_NEXT);
        assertThat(login.fetches).isEqualTo(2);

        for (int i = 0; i < 5; i++) {
            assertRefused("signature_invalid", () -> signIn(connector, TestCredentials.STRANGER));
        }
        assertThat(login.fetches).isEqualTo(2);
        login.now = login.now.plus(PublishedIdp.PAUSE_AFTER_UNKNOWN_KEY);
        assertRefused("signature_invalid", () -> signIn(connector, TestCredentials.STRANGER));
        assertThat(login.fetches).isEqualTo(3);
    }

    @Test
    void withdrawnKeyIsRefusedAfterRenewal() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        publish(TestCredentials.IDP_NEXT);
        login.now = login.now.plus(Duration.ofHours(2));
        connector.depart(call(), soon());
        assertRefused("signature_invalid", () -> signIn(connector, TestCredentials.IDP));
    }

    @Test
    void anotherProviderNeverTakesOverTheConnection() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        publish("https://evil.example", TestCredentials.STRANGER);
        login.now = login.now.plus(Duration.ofHours(2));
        signIn(connector, TestCredentials.IDP);
        assertRefused("signature_invalid", () -> signIn(connector, TestCredentials.STRANGER));
    }

    @Test
    void renewalNeverLeavesTheConnectionWithoutAKey() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        login.web.put(METADATA, "<html/>".getBytes(StandardCharsets.UTF_8));
        login.now = login.now.plus(Duration.ofHours(2));
        signIn(connector, TestCredentials.IDP);
    }

    @Test
    void providerThatCannotBeReachedIsARefusalAndAskedAgainAfterAPause() {
        var connector = open();
        assertRefused("metadata_unavailable", () -> connector.depart(call(), soon()));
        assertRefused("metadata_unavailable", () -> connector.depart(call(), soon()));
        assertThat(login.fetches).isEqualTo(1);
        publish(TestCredentials.IDP);
        login.now = login.now.plus(PublishedIdp.PAUSE_AFTER_FAILURE);
        signIn(connector, TestCredentials.IDP);
    }

    @Test
    void manyWaitForOneFetchAndNobodySpoilsItForTheOthers() {
        publish(TestCredentials.IDP);
        var waiting = new ArrayList<Runnable>();
        login.background = waiting::add;
        var connector = open();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connector.depart(call(), Deadline.after(Duration.ofMillis(10))))
                    .isInstanceOf(DeadlineExceeded.class);
        }
        assertThat(waiting).hasSize(1);
        waiting.getFirst().run();
        connector.depart(call(), Deadline.after(Duration.ofMillis(500)));
        assertThat(login.fetches).isEqualTo(1);
    }
}
