package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.arrive;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** What an accepted response says is handed on, as the connection wants it. */
class SamlAcceptanceTest {

    private final SamlLogin login = new SamlLogin();

    record Variant(String name, Function<FakeSamlIdp, Document> response) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Variant> variants() {
        return List.of(
                new Variant("both signed", FakeSamlIdp::bothSigned),
                new Variant("encrypted for our next key", idp -> FakeSamlIdp.encrypted(
                        idp.assertionSigned(), TestCredentials.US_NEXT.keys().getPublic(), Encryption.USUAL)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void isAccepted(Variant variant) {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());

        var identity = arrive(connector, departure, variant.response().apply(login.answer(departure)));

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(identity.session().index()).contains("s-1");
        assertThat(identity.email()).contains(FakeSamlIdp.NAME_ID);
        assertThat(identity.emailVerified()).isFalse();
        assertThat(identity.givenName()).contains("Ada");
        assertThat(identity.familyName()).contains("Lovelace");
        assertThat(identity.authTime()).contains(login.now);
        assertThat(identity.acr()).contains("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
    }

    @Test
    void signatureByAnEllipticCurveKeyIsAccepted() {
        var settings = settings();
        settings.putArray("idp_certificates").add(Certificates.pem(TestCredentials.IDP_EC.certificate()));
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());

        var identity = arrive(connector, departure,
                login.answer(departure).assertionSigned(Dsig.honest().with(TestCredentials.IDP_EC)));

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void anyOfSeveralCertificatesWillDo() {
        var settings = settings();
        settings.withArray("idp_certificates").add(Certificates.pem(TestCredentials.IDP_EC.certificate()))
                .add(Certificates.pem(TestCredentials.IDP_NEXT.certificate()));
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());

        var identity = arrive(connector, departure,
                login.answer(departure).assertionSigned(Dsig.honest().with(TestCredentials.IDP_NEXT)));

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void configuredAttributesFillTheProfileAndTheRestIsKept() {
        var settings = settings();
        settings.putObject("attribute_mapping").put("email", "urn:example:mail");
        settings.put("subject_attribute", "uid");
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());
        var idp = login.answer(departure);
        idp.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        idp.attributes = FakeSamlIdp.attribute("urn:example:mail", "grace@globex-media.example")
                + FakeSamlIdp.attribute("uid", "u-17") + FakeSamlIdp.attribute("groups", "buyers", "planners");

        var identity = arrive(connector, departure, idp.assertionSigned());

        assertThat(identity.session().subject()).isEqualTo("u-17");
        assertThat(identity.email()).contains("grace@globex-media.example");
        assertThat(identity.attributes()).isEqualTo(Map.of("urn:example:mail", List.of("grace@globex-media.example"),
                "uid", List.of("u-17"), "groups", List.of("buyers", "planners")));
    }

    @Test
    void unsolicitedResponseIsAcceptedWhereTheConnectionAllowsIt() {
        var connector = login.open(settings().put("allows_idp_initiated", true));
        var us = SamlLogin.us("globex");

        var identity = arrive(connector, Optional.empty(),
                SamlLogin.form(new FakeSamlIdp(us.entityId(), us.acs(), null, login.now).assertionSigned()));

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void oneValidConfirmationAmongOthersIsEnough() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var idp = login.answer(departure);
        idp.beforeSigning = xml -> xml.replace("<saml:SubjectConfirmation ",
                "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
                        + "<saml:SubjectConfirmationData"
                        + " Recipient=\"https://elsewhere.example/acs\"/></saml:SubjectConfirmation>"
                        + "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/>"
                        + "<saml:SubjectConfirmation ");

        assertThat(arrive(connector, departure, idp.assertionSigned()).session().subject())
                .isEqualTo(FakeSamlIdp.NAME_ID);
    }
}
