package gatehouse.idp.upstream.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.w3c.dom.Document;

/**
 * One forged response.
 *
 * @param reason  why it must be refused
 * @param message makes its text of an honest draft
 */
record Attack(String name, SamlReason reason, Function<FakeSamlIdp, String> message) {

    /** Who an attacker wants to be. */
    static final String EVIL = "root@acme-ads.example";

    static Attack document(String name, SamlReason reason, Function<FakeSamlIdp, Document> message) {
        return new Attack(name, reason, idp -> Dsig.text(message.apply(idp)));
    }

    /** Sends it to an honest connection that waits for an answer. */
    void isRefused() {
        var login = new SamlLogin();
        var connector = login.open(SamlLogin.settings());
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        var bytes = message.apply(login.answer(departure)).getBytes(StandardCharsets.UTF_8);
        var form = SamlLogin.form(Base64.getEncoder().encodeToString(bytes));

        var refusal = catchThrowableOfType(UpstreamRefusal.class,
                () -> SamlLogin.arrive(connector, Optional.of(departure.pending()), form));

        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
        assertThat(refusal.description()).doesNotContain(EVIL).doesNotContain("other.example");
    }

    @Override
    public String toString() {
        return name;
    }
}
