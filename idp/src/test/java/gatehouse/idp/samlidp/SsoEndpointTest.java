package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.TestCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask for what, and where the answer goes. */
class SsoEndpointTest {

    private static final String SP = "https://sp.example/saml";
    private static final String ACS = "https://sp.example/acs";
    private static final String SSO = SamlIdpHouse.ISSUER.at("/saml/idp/sso");

    private final SamlIdpHouse house = new SamlIdpHouse();

    @BeforeEach
    void registerTheServiceProvider() {
        house.register(SamlIdpHouse.serviceProvider(SP, ACS));
        house.login.signedIn = true;
    }

    /** A request, every value open to change. */
    private record Ask(String issuer, Optional<String> destination, Optional<String> acs, Optional<Integer> index,
            Optional<String> binding, boolean force, boolean passive, Optional<String> format,
            RequestedContexts context, Duration age) {

        static final Ask HONEST = new Ask(SP, Optional.of(SSO), Optional.of(ACS), Optional.empty(),
                Optional.of(PostBinding.URN), false, false, Optional.empty(), RequestedContexts.ANY, Duration.ZERO);

        Ask issuer(String value) {
            return new Ask(value, destination, acs, index, binding, force, passive, format, context, age);
        }

        Ask destination(Optional<String> value) {
            return new Ask(issuer, value, acs, index, binding, force, passive, format, context, age);
        }

        Ask acs(Optional<String> value, Optional<Integer> at) {
            return new Ask(issuer, destination, value, at, binding, force, passive, format, context, age);
        }

        Ask binding(String value) {
            return new Ask(issuer, destination, acs, index, Optional.of(value), force, passive, format, context, age);
        }

        Ask asking(boolean anew, boolean silently) {
            return new Ask(issuer, destination, acs, index, binding, anew, silently, format, context, age);
        }

        Ask format(String value) {
            return new Ask(issuer, destination, acs, index, binding, force, passive, Optional.of(value), context, age);
        }

        Ask context(String comparison, String... classes) {
            return new Ask(issuer, destination, acs, index, binding, force, passive, format,
                    new RequestedContexts(comparison, List.of(classes)), age);
        }

        Ask age(Duration value) {
            return new Ask(issuer, destination, acs, index, binding, force, passive, format, context, value);
        }
    }

    private AuthnRequest request(Ask ask) {
        return new AuthnRequest("_request", ask.issuer(), house.now.minus(ask.age()), ask.destination(), ask.acs(),
                ask.index(), ask.binding(), ask.force(), ask.passive(), ask.format(), true, ask.context(),
                Optional.empty());
    }

    private void send(Ask ask) {
        var url = house.wire.redirect(request(ask), Optional.of("state"), Optional.empty());
        house.get("/saml/idp/sso", URI.create(url).getRawQuery());
    }

    private String response() {
        var post = (Page.AutoPost) house.shown.orElseThrow();
        assertThat(post.action()).isEqualTo(ACS);
        return new String(Base64.getDecoder().decode(post.fields().get("SAMLResponse")), StandardCharsets.UTF_8);
    }

    private String errorCode() {
        return ((Page.Error) house.shown.orElseThrow()).code();
    }

    @Test
    void honestRequestIsAnswered() {
        send(Ask.HONEST);

        assertThat(response()).contains("status:Success").contains("InResponseTo=\"_request\"");
    }

    @Test
    void strangerIsShownAPage() {
        send(Ask.HONEST.issuer("https://stranger.example"));
        assertThat(errorCode()).isEqualTo("SAML-APP-01");
        assertThat(house.audited).anyMatch(e -> e.reason().equals(Optional.of("saml_service_provider_unknown")));
    }

    @Test
    void serviceProviderThatIsSwitchedOffIsShownAPage() {
        house.register(changed(sp -> new ServiceProvider(sp.entityId(), sp.issuer(), sp.organization(),
                sp.displayName(),
                sp.assertionConsumerServices(), sp.certificates(), false, sp.nameIdFormat(), sp.attributes(), false,
                2)));
        send(Ask.HONEST);
        assertThat(errorCode()).isEqualTo("SAML-APP-01");
    }

    private ServiceProvider changed(UnaryOperator<ServiceProvider> change) {
        return change.apply(SamlIdpHouse.serviceProvider(SP, ACS));
    }

    @Test
    void answerNeverGoesToAnAddressThatIsNotRegistered() {
        for (var evil : List.of("https://evil.example/acs", ACS + "/", ACS + "?x", "HTTPS://sp.example/acs",
                "https://sp.example/acs@evil.example")) {
            send(Ask.HONEST.acs(Optional.of(evil), Optional.empty()));
            assertThat(errorCode()).as(evil).isEqualTo("SAML-APP-02");
        }
        send(Ask.HONEST.acs(Optional.empty(), Optional.of(1)));
        assertThat(errorCode()).isEqualTo("SAML-APP-02");
        send(Ask.HONEST.binding("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"));
        assertThat(errorCode()).isEqualTo("SAML-APP-02");
    }

    @Test
    void addressMayBeLeftOutOrNamedByIndex() {
        send(Ask.HONEST.acs(Optional.empty(), Optional.empty()));
        assertThat(response()).contains("status:Success");
        send(Ask.HONEST.acs(Optional.empty(), Optional.of(0)));
        assertThat(response()).contains("status:Success");
    }

    @Test
    void serviceProviderIsToldWhatIsWrongWithItsRequest() {
        send(Ask.HONEST.destination(Optional.of("https://other.example/sso")));
        assertThat(response()).contains("status:Requester").contains("status:RequestDenied")
                .doesNotContain("Assertion ");
        send(Ask.HONEST.age(Duration.ofMinutes(64)));
        assertThat(response()).contains("status:RequestDenied");
        send(Ask.HONEST.age(Duration.ofMinutes(-4)));
        assertThat(response()).contains("status:RequestDenied");
        send(Ask.HONEST.asking(true, true));
        assertThat(response()).contains("status:NoPassive");
        send(Ask.HONEST.format("urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"));
        assertThat(response()).contains("status:InvalidNameIDPolicy");
        send(Ask.HONEST.format("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"));
        assertThat(response()).as("more than was registered").contains("status:InvalidNameIDPolicy");
    }

    @Test
    void personIsNamedInTheWantedFormat() {
        send(Ask.HONEST.format("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"));
        assertThat(response()).contains("nameid-format:transient");
        house.register(changed(sp -> new ServiceProvider(sp.entityId(), sp.issuer(), sp.organization(),
                sp.displayName(),
                sp.assertionConsumerServices(), sp.certificates(), false,
                "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", sp.attributes(), true, 2)));
        send(Ask.HONEST);
        assertThat(response()).contains("nameid-format:emailAddress\">ada@acme-ads.example</saml2:NameID>");
    }

    @Test
    void contextIsAnsweredOrRefused() {
        send(Ask.HONEST.context("exact", AuthnContexts.PASSWORD));
        assertThat(response()).contains(">" + AuthnContexts.PASSWORD + "<");
        send(Ask.HONEST.context("minimum", AuthnContexts.PASSWORD));
        assertThat(response()).contains(">" + AuthnContexts.PASSWORD_OVER_TLS + "<");
        send(Ask.HONEST.context("exact", "https://refeds.org/profile/mfa"));
        assertThat(response()).contains("status:NoAuthnContext");
        send(Ask.HONEST.context("better", AuthnContexts.PASSWORD_OVER_TLS));
        assertThat(response()).contains("status:NoAuthnContext");
    }

    @Test
    void personWhoMayNotUseTheApplicationIsDenied() {
        house.user = Optional.of(SamlIdpHouse.ada(false));
        send(Ask.HONEST);
        assertThat(response()).contains("status:RequestDenied").doesNotContain("ada@");

        house.user = Optional.of(SamlIdpHouse.ada(true));
        house.register(changed(sp -> new ServiceProvider(sp.entityId(), sp.issuer(),
                Optional.of(new gatehouse.spi.OrganizationId("another")), sp.displayName(),
                sp.assertionConsumerServices(), sp.certificates(), false, sp.nameIdFormat(), sp.attributes(), true,
                2)));
        send(Ask.HONEST);
        assertThat(response()).contains("status:RequestDenied").doesNotContain("ada@");
    }

    @Test
    void whatWasWithdrawnDuringTheLoginIsNotAnswered() {
        house.login.signedIn = false;
        send(Ask.HONEST);
        house.login.outcome = new gatehouse.idp.login.LoginOutcome.Finished(house.login.result());
        house.register(SamlIdpHouse.serviceProvider(SP, "https://sp.example/new-acs"));
        house.get("/saml/idp/resume", "flow=f");
        assertThat(errorCode()).isEqualTo("SAML-APP-02");

        house.serviceProviders.clear();
        house.get("/saml/idp/resume", "flow=f");
        assertThat(errorCode()).isEqualTo("SAML-APP-01");
    }

    @Test
    void loginThatIsGoneIsBegunAnew() {
        assertThat(house.get("/saml/idp/resume", "flow=unknown").status()).isEqualTo(410);
        assertThat(house.get("/saml/idp/resume", "").status()).isEqualTo(410);
    }

    @Test
    void signatureIsVerifiedWhereAKeyIsRegistered() {
        house.register(changed(sp -> new ServiceProvider(sp.entityId(), sp.issuer(), sp.organization(),
                sp.displayName(),
                sp.assertionConsumerServices(), List.of(TestCredentials.US.certificate()), false, sp.nameIdFormat(),
                sp.attributes(), true, 2)));
        var stranger = TestCredentials.STRANGER;
        var url = house.wire.redirect(request(Ask.HONEST), Optional.empty(), Optional.of(stranger.keys().getPrivate()));
        house.get("/saml/idp/sso", URI.create(url).getRawQuery());
        assertThat(errorCode()).isEqualTo("SAML-APP-03");

        house.post("/saml/idp/sso", house.wire.postSigned(request(Ask.HONEST), Optional.empty(),
                stranger.keys().getPrivate(), stranger.certificate()), Map.of());
        assertThat(errorCode()).isEqualTo("SAML-APP-03");

        var us = TestCredentials.US;
        house.post("/saml/idp/sso", house.wire.postSigned(request(Ask.HONEST), Optional.empty(),
                us.keys().getPrivate(), us.certificate()), Map.of());
        assertThat(response()).contains("status:Success");
        house.post("/saml/idp/sso", house.wire.postSigned(request(Ask.HONEST.destination(Optional.empty())),
                Optional.empty(), us.keys().getPrivate(), us.certificate()), Map.of());
        assertThat(response()).as("signed, without destination").contains("status:RequestDenied");
    }

    @Test
    void formFromAnotherSiteIsPostedOnceMoreSoThatTheSessionIsSeen() {
        var fields = house.wire.post(request(Ask.HONEST), Optional.of("state"));
        house.post("/saml/idp/sso", fields, Map.of("sec-fetch-site", "cross-site"));
        var again = (Page.AutoPost) house.shown.orElseThrow();
        assertThat(again.action()).isEqualTo(SSO);
        assertThat(house.login.asked).isEmpty();

        house.post("/saml/idp/sso", again.fields(), Map.of("sec-fetch-site", "same-origin"));
        assertThat(response()).contains("status:Success");
        assertThat(((Page.AutoPost) house.shown.orElseThrow()).fields()).containsEntry("RelayState", "state");
    }

    @Test
    void hostileRequestIsShownAPage() {
        for (var query : List.of("", "SAMLRequest=", "SAMLRequest=%21", "SAMLRequest=AAAA", "%53AMLRequest=AAAA",
                "SAMLRequest=AAAA&SAMLRequest=AAAA", "SAMLRequest=AAAA&SAMLEncoding=x")) {
            house.get("/saml/idp/sso", query);
            assertThat(errorCode()).as(query).isEqualTo("SAML-APP-04");
        }
        var xml = "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>";
        house.post("/saml/idp/sso", PostBinding.fields("SAMLRequest", xml, Optional.empty()), Map.of());
        assertThat(errorCode()).isEqualTo("SAML-APP-04");
    }

    @Test
    void userTextIsTextInTheResponse() {
        send(Ask.HONEST);
        var document = Dsig.parse(response());
        assertThat(Dsig.text(document)).contains(">Ada &lt;&amp;\"&gt;<");
        assertThat(document.getElementsByTagNameNS(Dsig.SAML, "Assertion").getLength()).isEqualTo(1);
    }
}
