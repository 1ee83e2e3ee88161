package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SHA-1 in signatures: refused, unless the connection's administrator allowed it, and then until a date. */
class LegacyAlgorithmsTest {

    private static final String RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    private static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private final SamlLogin login = new SamlLogin();

    record Weakness(String signature, String digest, String reason) {}

    static List<Weakness> weaknesses() {
        return List.of(new Weakness(RSA_SHA1, SHA1, "signature_algorithm_refused"),
                new Weakness(RSA_SHA1, SHA256, "signature_algorithm_refused"),
                new Weakness(RSA_SHA256, SHA1, "digest_algorithm_refused"));
    }

    private UpstreamIdentity arrive(ObjectNode settings, Dsig how) {
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());
        return SamlLogin.arrive(connector, departure, login.answer(departure).assertionSigned(how));
    }

    @ParameterizedTest
    @MethodSource("weaknesses")
    void isAcceptedUntilTheDateAndNotAtIt(Weakness weakness) {
        var until = login.now.plusSeconds(3600);
        var allowing = settings().put("legacy_algorithms_until", until.toString());
        var how = Dsig.honest().signatureMethod(weakness.signature()).digestMethod(weakness.digest());

        assertThat(arrive(allowing, how).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(catchThrowableOfType(UpstreamRefusal.class, () -> arrive(settings(), how)).reason())
                .isEqualTo(weakness.reason());
        login.now = until;
        assertThat(catchThrowableOfType(UpstreamRefusal.class, () -> arrive(allowing, how)).reason())
                .isEqualTo(weakness.reason());
    }

    @Test
    void allowanceIsForAlgorithmsNotForKeys() {
        var allowing = settings().put("legacy_algorithms_until", login.now.plusSeconds(3600).toString());
        var stranger = Dsig.honest().with(TestCredentials.STRANGER).signatureMethod(RSA_SHA1).digestMethod(SHA1);

        assertThat(catchThrowableOfType(UpstreamRefusal.class, () -> arrive(allowing, stranger)).reason())
                .isEqualTo("signature_invalid");
        allowing.putArray("idp_certificates").add(Certificates.pem(TestCredentials.WEAK.certificate()));
        assertThat(catchThrowableOfType(gatehouse.idp.upstream.InvalidSettings.class, () -> login.open(allowing))
                .setting()).isEqualTo("idp_certificates");
    }
}
