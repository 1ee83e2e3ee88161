package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.arrive;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.form;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A response is good for the one departure it answers, through the one connection, once. */
class OneResponseOneLoginTest {

    private final SamlLogin login = new SamlLogin();

    private static void assertRefused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(UpstreamRefusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void responseIsAcceptedOnceOnly() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned();
        arrive(connector, departure, document);

        assertRefused("replayed", () -> arrive(connector, departure, document));
    }

    @Test
    void refusedResponseIsNotSpent() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var other = connector.depart(call(), soon());
        var document = login.answer(departure).assertionSigned();
        assertRefused("in_response_to_mismatch", () -> arrive(connector, other, document));

        assertThat(arrive(connector, departure, document).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void anotherOrganizationsValidResponseIsRefused() {
        var globex = login.open("globex", settings());
        var acme = login.open("acme", settings());
        var departure = globex.depart(call(), soon());
        var document = login.answer("globex", departure).bothSigned();

        // The same provider and keys, even the very departure: the connection is another, and that is enough.
        assertRefused("unsolicited", () -> arrive(acme, Optional.of(departure.pending()), form(document)));
        var own = acme.depart(call(), soon());
        assertRefused("destination_mismatch", () -> arrive(acme, Optional.of(own.pending()), form(document)));
    }

    @Test
    void unsolicitedResponseIsRefusedUnlessAllowed() {
        var us = SamlLogin.us("globex");
        var document = new FakeSamlIdp(us.entityId(), us.acs(), null, login.now).bothSigned();

        assertRefused("unsolicited", () -> arrive(login.open(settings()), Optional.empty(), form(document)));
    }

    @Test
    void solicitedResponseIsNoUnsolicitedOne() {
        var connector = login.open(settings().put("allows_idp_initiated", true));
        var us = SamlLogin.us("globex");
        var document = new FakeSamlIdp(us.entityId(), us.acs(), "_stolen", login.now).bothSigned();

        assertRefused("in_response_to_mismatch", () -> arrive(connector, Optional.empty(), form(document)));
    }

    @Test
    void unencryptedAssertionIsRefusedWhereEncryptionIsWanted() {
        var connector = login.open(settings().put("want_assertions_encrypted", true));
        var departure = connector.depart(call(), soon());

        assertRefused("not_encrypted", () -> arrive(connector, departure, login.answer(departure).bothSigned()));
    }

    @Test
    void oldSignInIsRefusedWhereANewOneWasAskedFor() {
        var connector = login.open(settings());
        var forced = new DepartureCall(SamlLogin.HANDLE, Optional.empty(), true, false,
                Optional.empty(), List.of(), List.of());
        var departure = connector.depart(forced, soon());
        var idp = login.answer(departure);
        idp.authnInstant = login.now.minusSeconds(61);

        assertRefused("authn_too_old", () -> arrive(connector, departure, idp.assertionSigned()));
        idp.authnInstant = login.now.minusSeconds(60);
        assertThat(arrive(connector, departure, idp.assertionSigned()).session().subject())
                .isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void anotherContextIsRefusedWhereOneWasAskedFor() {
        var settings = settings();
        settings.putArray("requested_authn_context").add("https://refeds.org/profile/mfa");
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());

        assertRefused("context_not_met", () -> arrive(connector, departure, login.answer(departure).assertionSigned()));
    }

    @Test
    void clockSkewIsToleratedUpToItsLimit() {
        for (int seconds : new int[] {0, 60, 180}) {
            var connector = login.open(settings().put("clock_skew_seconds", seconds));
            var departure = connector.depart(call(), soon());
            var late = login.answer(departure);
            late.notBefore = login.now.plusSeconds(seconds + 1);
            assertRefused("not_yet_valid", () -> arrive(connector, departure, late.assertionSigned()));
            late.notBefore = login.now.plusSeconds(seconds);
            assertThat(arrive(connector, departure, late.assertionSigned()).session().subject())
                    .isEqualTo(FakeSamlIdp.NAME_ID);
        }
    }

    @Test
    void repeatedParameterIsRefused() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var form = form(login.answer(departure).assertionSigned());

        assertRefused("parameter_repeated",
                () -> arrive(connector, Optional.of(departure.pending()), form + "&%53AMLResponse=x"));
        assertThatThrownBy(() -> arrive(connector, Optional.of(departure.pending()), "SAMLResponse=%21%21"))
                .isInstanceOfSatisfying(UpstreamRefusal.class, r -> assertThat(r.reason()).isEqualTo("not_base64"));
    }
}
