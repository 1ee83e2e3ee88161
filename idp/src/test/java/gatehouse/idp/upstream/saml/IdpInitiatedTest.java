package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Responses that nobody asked for: only where the connection takes them, once, and to the addresses on its list. */
class IdpInitiatedTest {

    private static final String FIRST = "https://app.example/start?from=okta&x=1";
    private static final String SECOND = "https://other-app.example/";

    private final SamlLogin login = new SamlLogin();

    private static ObjectNode allowing() {
        var settings = settings().put("allows_idp_initiated", true);
        settings.putArray("idp_initiated_targets").add(FIRST).add(SECOND);
        return settings;
    }

    private static Optional<String> target(Connector connector, String form) {
        return connector.unsolicitedTarget(SamlLogin.post("/login/arrive/globex", form));
    }

    private static String relayState(String value) {
        return "SAMLResponse=x&RelayState=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String unsolicited(Consumer<FakeSamlIdp> change) {
        var us = SamlLogin.us("globex");
        var idp = new FakeSamlIdp(us.entityId(), us.acs(), null, login.now);
        change.accept(idp);
        return SamlLogin.form(idp.assertionSigned()).replaceFirst("&RelayState=.*", "");
    }

    private void refuses(String reason, Connector connector, String form) {
        var refusal = catchThrowableOfType(UpstreamRefusal.class,
                () -> SamlLogin.arrive(connector, Optional.empty(), form));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    @Test
    void leadsToTheWantedTargetOrToTheFirst() {
        var connector = login.open(allowing());

        assertThat(target(connector, "SAMLResponse=x")).contains(FIRST);
        assertThat(target(connector, "SAMLResponse=x&RelayState=")).contains(FIRST);
        assertThat(target(connector, relayState(SECOND))).contains(SECOND);
        assertThat(target(connector, relayState(FIRST))).contains(FIRST);
    }

    @Test
    void leadsNowhereElse() {
        var connector = login.open(allowing());
        for (var elsewhere : new String[] {"https://attacker.example/", FIRST + "&y=2", SECOND + "x",
            "https://other-app.example", "https://other-app.example/?", "HTTPS://OTHER-APP.example/",
            "https://other-app.example/#f", "https://other-app.example@attacker.example/", "//other-app.example/",
            "javascript:alert(1)", " " + SECOND, SECOND + "\n", "/start"}) {
            var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> target(connector, relayState(elsewhere)));
            assertThat(refusal).as(elsewhere).isNotNull();
            assertThat(refusal.reason()).isEqualTo("target_refused");
        }
        assertThat(catchThrowableOfType(UpstreamRefusal.class, () -> target(connector, relayState(FIRST)
                + "&RelayState=" + URLEncoder.encode(SECOND, StandardCharsets.UTF_8))).reason())
                .isEqualTo("parameter_repeated");
    }

    @Test
    void isOffUnlessTheConnectionTakesIt() {
        var connector = login.open(settings());

        assertThat(target(connector, "SAMLResponse=x")).isEmpty();
        refuses("unsolicited", connector, unsolicited(_ -> { }));
        assertThat(catchThrowableOfType(UpstreamRefusal.class, () -> target(login.open(
                settings().put("allows_idp_initiated", true)), "SAMLResponse=x")).reason())
                .as("on, but with nowhere to go").isEqualTo("target_refused");
    }

    @Test
    void isTakenOnceAndByEveryRuleOfASolicitedOne() {
        var connector = login.open(allowing());
        var form = unsolicited(_ -> { });

        assertThat(SamlLogin.arrive(connector, Optional.empty(), form).session().subject())
                .isEqualTo(FakeSamlIdp.NAME_ID);
        refuses("replayed", connector, form);
        refuses("in_response_to_mismatch", connector, unsolicited(idp -> idp.inResponseTo = "_x"));
        refuses("in_response_to_mismatch", connector, unsolicited(idp -> idp.confirmationInResponseTo = "_x"));
        refuses("audience_mismatch", connector, unsolicited(idp -> idp.audience = SamlLogin.us("other").entityId()));
        refuses("recipient_mismatch", connector, unsolicited(idp -> idp.recipient = SamlLogin.us("other").acs()));
        refuses("issuer_mismatch", connector, unsolicited(idp -> idp.issuer = "https://other.example"));
        refuses("expired", connector, unsolicited(idp -> idp.notOnOrAfter = login.now.minusSeconds(60)));
        refuses("not_encrypted", login.open(allowing().put("want_assertions_encrypted", true)),
                unsolicited(_ -> { }));
        var particular = allowing();
        particular.putArray("requested_authn_context").add("urn:oasis:names:tc:SAML:2.0:ac:classes:X509");
        refuses("context_not_met", login.open(particular), unsolicited(_ -> { }));
    }

    @Test
    void answerToARequestIsNoUnsolicitedOne() {
        var connector = login.open(allowing());
        var departure = connector.depart(call(), soon());

        refuses("in_response_to_mismatch", connector,
                SamlLogin.form(login.answer(departure).assertionSigned()).replaceFirst("&RelayState=.*", ""));
    }
}
