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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a connection uses the metadata that was accepted for it. */
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
    void newKeyIsFetchedWhenItIsFirstUsedButNotForEveryForgery() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        publish(TestCredentials.IDP, TestCredentials.IDP_NEXT);
        login.now = login.now.plus(Duration.ofMinutes(2));
        signIn(connector, TestCredentials.IDP_NEXT);
        assertThat(login.fetches).isEqualTo(2);

        assertRefused("signature_invalid", () -> signIn(connector, TestCredentials.STRANGER));
    }

    @Test
    void expiryOfACertificateThatWasAcceptedIsNoEndOfALogin() {
        publish(TestCredentials.IDP);
        var connector = open();
        signIn(connector, TestCredentials.IDP);
        login.now = TestCredentials.IDP.certificate().getNotAfter().toInstant().plus(Duration.ofDays(1));
        signIn(connector, TestCredentials.IDP);
        // As after a restart: read again from what was accepted.
        signIn(open(), TestCredentials.IDP);
    }

    @Test
    void providerThatCannotBeReachedIsARefusal() {
        var connector = open();
        assertRefused("metadata_unavailable", () -> connector.depart(call(), soon()));
        login.web.put(METADATA, "<html/>".getBytes(StandardCharsets.UTF_8));
        assertRefused("metadata_invalid", () -> connector.depart(call(), soon()));
        publish(TestCredentials.IDP);
        signIn(connector, TestCredentials.IDP);
    }
}
