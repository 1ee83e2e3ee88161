package gatehouse.idp.upstream.saml.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every conforming message signs in the person it names. */
class ConformingCorpusTest {

    private static final SamlLogin LOGIN = new SamlLogin();
    private static final Connector CONNECTOR = connector();

    private static Connector connector() {
        LOGIN.now = Instant.parse("2026-11-20T12:00:00.250Z");
        var settings = SamlLogin.settings();
        var certificates = settings.putArray("idp_certificates");
        ConformingCorpus.signers().forEach(signer -> certificates.add(Certificates.pem(signer.certificate())));
        return LOGIN.open(settings);
    }

    static List<Variant> variants() {
        return ConformingCorpus.all();
    }

    @Test
    void variantsAreManyAndEachIsItsOwn() {
        assertThat(variants()).hasSizeGreaterThan(100);
        assertThat(variants().stream().map(Variant::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void signsIn(Variant variant) {
        var departure = CONNECTOR.depart(SamlLogin.call(), SamlLogin.soon());
        var scene = new Scene(LOGIN.answer(departure), TestCredentials.US.keys().getPublic(), "http://trap.invalid");
        var form = SamlLogin.form(Base64.getEncoder().encodeToString(variant.message().apply(scene)));

        var identity = SamlLogin.arrive(CONNECTOR, Optional.of(departure.pending()), form);

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(identity.email()).contains(FakeSamlIdp.NAME_ID);
    }
}
