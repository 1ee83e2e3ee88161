package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Reply;
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our identity provider and our service provider understand each other, by what both publish and nothing else. */
class RoundTripTest {

    private static final URI METADATA = URI.create(SamlIdpHouse.ISSUER.at("/saml/idp"));

    private final SamlIdpHouse house = new SamlIdpHouse();
    private final SamlLogin login = new SamlLogin();

    @BeforeEach
    void introduceThemToEachOther() {
        login.web.put(METADATA, house.get("/saml/idp", "").body());
        var us = SamlLogin.us("globex");
        house.register(SamlIdpHouse.serviceProvider(us.entityId(), us.acs()));
        house.login.signedIn = true;
    }

    private static ObjectNode byMetadata() {
        return JsonNodeFactory.instance.objectNode().put("metadata_url", METADATA.toString());
    }

    private Reply carry(Departure departure) {
        return switch (departure) {
            case Departure.Redirect(var url, var _) -> house.get("/saml/idp/sso", URI.create(url).getRawQuery());
            case Departure.PostForm(var _, var fields, var _) -> house.post("/saml/idp/sso", fields, Map.of());
        };
    }

    private Page.AutoPost posted() {
        return (Page.AutoPost) house.shown.orElseThrow();
    }

    private UpstreamIdentity arrive(Connector connector, Departure departure) {
        var form = new StringBuilder();
        posted().fields().forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return SamlLogin.arrive(connector, Optional.of(departure.pending()), form.toString());
    }

    @Test
    void personArrivesWithTheReleasedAttributes() {
        var connector = login.open(byMetadata());
        assertThat(login.fetches).as("nothing is fetched before it is needed").isZero();
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        carry(departure);

        var identity = arrive(connector, departure);

        assertThat(posted().action()).isEqualTo(SamlLogin.us("globex").acs());
        assertThat(posted().fields()).containsEntry("RelayState", SamlLogin.HANDLE);
        assertThat(identity.email()).contains("ada@acme-ads.example");
        assertThat(identity.givenName()).contains("Ada <&\">");
        assertThat(identity.familyName()).contains("Lovelace");
        assertThat(identity.attributes()).containsEntry("nick", List.of("ada", "countess"));
        assertThat(identity.session().subject()).hasSize(43).isNotEqualTo("user-1");
        assertThat(identity.session().index()).isPresent();
        assertThat(identity.notOnOrAfter()).contains(house.session().expiresAt());
        assertThat(identity.acr()).contains("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        assertThat(house.audited).anyMatch(event -> event.details().containsValue("saml_assertion"));
    }

    @Test
    void personIsTheSameEveryTimeAndAnotherElsewhere() {
        var connector = login.open(byMetadata());
        var first = connector.depart(SamlLogin.call(), SamlLogin.soon());
        carry(first);
        var here = arrive(connector, first).session().subject();
        var second = connector.depart(SamlLogin.call(), SamlLogin.soon());
        carry(second);
        assertThat(arrive(connector, second).session().subject()).isEqualTo(here);

        var us = SamlLogin.us("acme");
        house.register(SamlIdpHouse.serviceProvider(us.entityId(), us.acs()));
        var other = login.open("acme", byMetadata());
        var third = other.depart(SamlLogin.call(), SamlLogin.soon());
        carry(third);
        assertThat(arrive(other, third).session().subject()).isNotEqualTo(here);
    }

    @Test
    void signedRequestsByPostAndByRedirectAreVerified() {
        var us = SamlLogin.us("globex");
        var sp = SamlIdpHouse.serviceProvider(us.entityId(), us.acs());
        house.register(new gatehouse.idp.client.ServiceProvider(sp.entityId(), sp.issuer(), sp.organization(),
                sp.displayName(), sp.assertionConsumerServices(), List.of(TestCredentials.US.certificate()), true,
                sp.nameIdFormat(), sp.attributes(), true, 2));
        for (var binding : List.of("redirect", "post")) {
            var connector = login.open(byMetadata().put("sso_binding", binding));
            var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
            carry(departure);
            assertThat(arrive(connector, departure).email()).contains("ada@acme-ads.example");

            var unsigned = login.open(byMetadata().put("sso_binding", binding).put("sign_authn_requests", false));
            carry(unsigned.depart(SamlLogin.call(), SamlLogin.soon()));
            assertThat(house.shown).get().isInstanceOfSatisfying(Page.Error.class,
                    page -> assertThat(page.code()).isEqualTo("SAML-APP-03"));
        }
    }

    @Test
    void whoCannotSignInSilentlyIsReportedAsSuch() {
        house.login.signedIn = false;
        house.login.answer = new gatehouse.idp.login.LoginAnswer.NotSilently(
                gatehouse.idp.login.LoginAnswer.Need.LOGIN_REQUIRED);
        var connector = login.open(byMetadata());
        var departure = connector.depart(new DepartureCall(SamlLogin.HANDLE, Optional.empty(), false, true,
                Optional.empty(), List.of(), List.of()), SamlLogin.soon());
        carry(departure);

        assertThat(house.login.asked.orElseThrow().prompts()).containsExactly("none");
        assertThatThrownBy(() -> arrive(connector, departure)).isInstanceOfSatisfying(UpstreamRefusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo("status_no_passive"));
    }

    @Test
    void loginIsAskedForWhatTheRequestAsksFor() {
        house.login.signedIn = false;
        var connector = login.open(byMetadata().put("send_login_hint", true));
        var departure = connector.depart(new DepartureCall(SamlLogin.HANDLE, Optional.of("ada@acme-ads.example"), true,
                false, Optional.empty(), List.of("https://refeds.org/profile/mfa", "2"), List.of()), SamlLogin.soon());
        var reply = carry(departure);

        var asked = house.login.asked.orElseThrow();
        assertThat(reply.status()).isEqualTo(303);
        assertThat(asked.prompts()).containsExactly("login");
        assertThat(asked.loginHint()).contains("ada@acme-ads.example");
        assertThat(asked.acrValues()).containsExactly("https://refeds.org/profile/mfa");
        assertThat(asked.resumePath()).isEqualTo("/saml/idp/resume");
        assertThat(asked.restartPath()).get().asString().startsWith("/saml/idp/sso?SAMLRequest=");
        assertThat(asked.relyingParty().kind()).isEqualTo("saml");
        assertThat(asked.relyingParty().home()).contains("https://login.example/");
    }

    @Test
    void loginThatTookAWhileEndsInTheSameResponse() {
        house.login.signedIn = false;
        var connector = login.open(byMetadata());
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        carry(departure);
        house.login.outcome = new gatehouse.idp.login.LoginOutcome.Finished(house.login.result());
        house.get("/saml/idp/resume", "flow=f");

        assertThat(arrive(connector, departure).email()).contains("ada@acme-ads.example");
    }

    @Test
    void personWhoSaysNoIsReportedAsSuch() {
        house.login.signedIn = false;
        var connector = login.open(byMetadata());
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        carry(departure);
        house.login.outcome = new gatehouse.idp.login.LoginOutcome.Denied(
                house.login.asked.orElseThrow().carried(), "consent_refused", "no");
        house.get("/saml/idp/resume", "flow=f");

        assertThatThrownBy(() -> arrive(connector, departure)).isInstanceOfSatisfying(UpstreamRefusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo("status_request_denied"));
    }

    @Test
    void responseForOneServiceProviderIsRefusedByAnother() {
        var us = SamlLogin.us("acme");
        house.register(SamlIdpHouse.serviceProvider(us.entityId(), us.acs()));
        var globex = login.open("globex", byMetadata());
        var acme = login.open("acme", byMetadata());
        carry(globex.depart(SamlLogin.call(), SamlLogin.soon()));

        var own = acme.depart(SamlLogin.call(), SamlLogin.soon());
        assertThatThrownBy(() -> arrive(acme, own)).isInstanceOf(UpstreamRefusal.class);
    }
}
