package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.keys.KeysConfig;
import gatehouse.idp.keys.RotationRefused;
import gatehouse.idp.keys.TestKeyring;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A whole rollover of our SAML keys against a partner that reads our metadata once a month, with logins at every step:
 * the partner verifies our requests, and encrypts to whichever of our certificates it likes.
 */
class KeyRolloverTest {

    private static final Duration PARTNER_READS_EVERY = Duration.ofDays(30);

    private final SamlLogin login = new SamlLogin();
    private final IssuerKeys keys = TestKeyring.open(login.time);
    private final Connector connector;
    private List<X509Certificate> signers = List.of();
    private List<X509Certificate> recipients = List.of();

    KeyRolloverTest() {
        login.keys = keys;
        keys.ensure("main");
        ObjectNode settings = SamlLogin.settings();
        connector = login.open(settings.put("want_assertions_encrypted", true));
        partnerReads();
    }

    @AfterEach
    void close() {
        keys.close();
    }

    private void partnerReads() {
        var metadata = new String(new SamlUpstreamRoutes(new FixedTenancy(List.of("globex")), keys,
                FixedTenancy.NO_VOICE).routes().getFirst().endpoint()
                .handle(FixedTenancy.get("globex"), soon()).body(), StandardCharsets.UTF_8);
        signers = certificates(metadata, "signing");
        recipients = certificates(metadata, "encryption");
    }

    private static List<X509Certificate> certificates(String metadata, String use) {
        var found = new ArrayList<X509Certificate>();
        var key = Pattern.compile("use=\"" + use + "\".*?<ds:X509Certificate>(.*?)</ds:X509Certificate>",
                Pattern.DOTALL).matcher(metadata);
        while (key.find()) {
            found.add(Certificates.ofText(key.group(1)).orElseThrow());
        }
        return found;
    }

    /** A login for every certificate the partner may encrypt to. */
    private void loginsGoThrough() {
        for (var recipient : recipients) {
            var departure = (Departure.Redirect) connector.depart(call(), soon());
            assertThat(signers).as("who knows our certificate").anyMatch(one -> isSignedWith(departure.url(), one));
            var answer = FakeSamlIdp.encrypted(login.answer(departure).assertionSigned(Dsig.honest()
                    .with(TestCredentials.IDP)), recipient.getPublicKey(), Encryption.USUAL);
            assertThat(SamlLogin.arrive(connector, departure, answer).session().subject())
                    .isEqualTo(FakeSamlIdp.NAME_ID);
        }
    }

    private static boolean isSignedWith(String url, X509Certificate certificate) {
        var query = url.substring(url.indexOf('?') + 1);
        int end = query.indexOf("&Signature=");
        try {
            var verifying = Signature.getInstance("SHA256withRSA");
            verifying.initVerify(certificate);
            verifying.update(query.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            return verifying.verify(Base64.getDecoder().decode(URLDecoder.decode(
                    query.substring(end + "&Signature=".length()), StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException no) {
            return false;
        }
    }

    private void pass(Duration time) {
        login.now = login.now.plus(time);
        keys.refresh();
    }

    private X509Certificate signsNow() {
        return keys.signing("main").certificate();
    }

    @Test
    void scheduleRollsOverWithoutAnOutageForAPartnerThatReadsOnceAMonth() {
        var first = signsNow();
        var config = KeysConfig.DEFAULTS;
        var end = login.now.plus(config.samlRotateEvery()).plus(config.samlOverlap()).plus(Duration.ofDays(60));
        int phases = 0;
        pass(config.samlRotateEvery().minus(config.samlPublishAhead()).minus(Duration.ofDays(10)));
        for (var nextRead = login.now; login.now.isBefore(end); pass(Duration.ofDays(5))) {
            if (!login.now.isBefore(nextRead)) {
                partnerReads();
                nextRead = login.now.plus(PARTNER_READS_EVERY);
            }
            loginsGoThrough();
            phases++;
        }
        assertThat(phases).isGreaterThan(20);
        assertThat(signsNow()).isNotEqualTo(first);
        partnerReads();
        assertThat(signers).as("retired").doesNotContain(first);
    }

    @Test
    void commandRollsOverOncePartnersHadTheirTime() {
        var first = signsNow();
        assertThatThrownBy(() -> keys.rotateSaml("main", false, soon())).isInstanceOf(RotationRefused.class)
                .hasMessageContaining("no next");
        keys.prepareSaml("main", soon());
        keys.prepareSaml("main", soon());
        partnerReads();
        assertThat(signers).as("the current and the next").hasSize(2);
        assertThat(recipients).hasSize(2);
        loginsGoThrough();
        assertThatThrownBy(() -> keys.rotateSaml("main", false, soon())).isInstanceOf(RotationRefused.class);
        assertThat(signsNow()).isEqualTo(first);
        pass(KeysConfig.DEFAULTS.samlPublishAhead().minus(Duration.ofMinutes(1)));
        loginsGoThrough();
        pass(Duration.ofMinutes(1));
        assertThat(signsNow()).as("the schedule does what was prepared").isNotEqualTo(first);
        loginsGoThrough();
        pass(KeysConfig.DEFAULTS.samlOverlap().minus(Duration.ofDays(1)));
        loginsGoThrough();
        partnerReads();
        assertThat(signers).doesNotContain(first);
        loginsGoThrough();
    }

    @Test
    void compromisedKeyIsReplacedAtOnceAndTheOldOneStillDecrypts() {
        var first = signsNow();
        pass(Duration.ofDays(400));
        keys.prepareSaml("main", soon());
        partnerReads();
        keys.rotateSaml("main", true, soon());
        assertThat(signsNow()).isNotEqualTo(first).isEqualTo(signers.get(1));
        loginsGoThrough();
        var states = keys.certificates("main");
        assertThat(states).filteredOn(one -> one.use().equals("saml-signing"))
                .extracting(one -> one.state()).containsExactly("current", "previous");
    }

    @Test
    void certificatesLiveAsLongAsTheirKeysAreOfUseAndNotForDecades() {
        var config = KeysConfig.DEFAULTS;
        assertThat(keys.certificates("main")).allSatisfy(one -> {
            var life = Duration.between(one.certificate().getNotBefore().toInstant(),
                    one.certificate().getNotAfter().toInstant());
            assertThat(life).isBetween(config.samlRotateEvery(),
                    config.samlRotateEvery().plus(config.samlOverlap()).plus(Duration.ofDays(2)));
        });
    }
}
