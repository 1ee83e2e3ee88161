package gatehouse.idp.upstream.saml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.saml.corpus.Forgery;
import gatehouse.idp.upstream.saml.corpus.HostileCorpus;
import gatehouse.idp.upstream.saml.corpus.Scene;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that a SAML connection refuses, provoked over real connectors with real signatures and encryption. */
public final class SamlProvocations {

    private SamlProvocations() {}

    /** The entries of the catalogue that were seen. */
    public static Set<Diagnosis> provoked() {
        var seen = EnumSet.noneOf(Diagnosis.class);
        // One of each kind tells; the corpus has a test of its own for all of them.
        HostileCorpus.all().stream()
                .collect(Collectors.toMap(forgery -> forgery.family() + forgery.reasons(), forgery -> forgery,
                        (first, _) -> first))
                .values().forEach(forgery -> seen.add(attacked(forgery)));
        seen.addAll(settingsAndParameters());
        return seen;
    }

    private static Diagnosis attacked(Forgery forgery) {
        return answered(_ -> {}, SamlLogin.call(), (_, idp) -> SamlLogin.form(Base64.getEncoder().encodeToString(
                forgery.message().apply(new Scene(idp, TestCredentials.US.keys().getPublic(), "http://127.0.0.1:1")))));
    }

    private interface Answer {
        String form(SamlLogin login, FakeSamlIdp idp);
    }

    private static Diagnosis answered(Consumer<ObjectNode> change, DepartureCall call, Answer answer) {
        var login = new SamlLogin();
        var settings = SamlLogin.settings();
        change.accept(settings);
        var connector = login.open(settings);
        var departure = connector.depart(call, SamlLogin.soon());
        var form = answer.form(login, login.answer(departure));
        return refused(() -> SamlLogin.arrive(connector, Optional.of(departure.pending()), form));
    }

    private static Diagnosis refused(Runnable work) {
        return catchThrowableOfType(UpstreamRefusal.class, work::run).diagnosis();
    }

    private static List<Diagnosis> settingsAndParameters() {
        var seen = new ArrayList<Diagnosis>();
        Answer honest = (_, idp) -> SamlLogin.form(idp.bothSigned());
        seen.add(answered(settings -> settings.put("want_assertions_encrypted", true), SamlLogin.call(), honest));
        seen.add(answered(settings -> settings.putArray("requested_authn_context")
                .add("urn:oasis:names:tc:SAML:2.0:ac:classes:X509"), SamlLogin.call(), honest));
        var forced = new DepartureCall(SamlLogin.HANDLE, Optional.empty(), true, false, Optional.empty(), List.of(),
                List.of());
        seen.add(answered(_ -> {}, forced, (_, idp) -> {
            idp.authnInstant = idp.authnInstant.minusSeconds(3600);
            return SamlLogin.form(idp.bothSigned());
        }));
        seen.add(answered(_ -> {}, SamlLogin.call(), (_, idp) -> SamlLogin.form(idp.bothSigned()) + "&SAMLResponse=x"));
        seen.add(answered(_ -> {}, SamlLogin.call(), (_, _) -> SamlLogin.form("???")));
        seen.add(replayed());
        seen.add(unsolicited());
        seen.add(elsewhere());
        seen.addAll(metadata());
        return seen;
    }

    private static Diagnosis replayed() {
        var login = new SamlLogin();
        var connector = login.open(SamlLogin.settings());
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        var form = SamlLogin.form(login.answer(departure).bothSigned());
        SamlLogin.arrive(connector, Optional.of(departure.pending()), form);
        return refused(() -> SamlLogin.arrive(connector, Optional.of(departure.pending()), form));
    }

    private static Diagnosis unsolicited() {
        var connector = new SamlLogin().open(SamlLogin.settings());
        return refused(() -> SamlLogin.arrive(connector, Optional.empty(), "SAMLResponse=x"));
    }

    private static Diagnosis elsewhere() {
        var settings = SamlLogin.settings().put("allows_idp_initiated", true);
        settings.putArray("idp_initiated_targets").add("https://app.example/");
        var connector = new SamlLogin().open(settings);
        return refused(() -> connector.unsolicitedTarget(
                SamlLogin.post("/login/arrive/globex", "SAMLResponse=x&RelayState=https%3A%2F%2Fevil.example%2F")));
    }

    private static List<Diagnosis> metadata() {
        var login = new SamlLogin();
        var address = "https://idp.example/metadata";
        var settings = JsonNodeFactory.instance.objectNode().put("metadata_url", address);
        var away = login.open(settings);
        var unavailable = refused(() -> away.depart(SamlLogin.call(), SamlLogin.soon()));
        login.web.put(URI.create(address), "<html/>".getBytes(StandardCharsets.UTF_8));
        var broken = login.open(settings);
        return List.of(unavailable, refused(() -> broken.depart(SamlLogin.call(), SamlLogin.soon())));
    }

    /** Every reason has its entry, and reads like one. */
    public static Set<Diagnosis> ofReasons() {
        var all = EnumSet.noneOf(Diagnosis.class);
        Stream.of(SamlReason.values()).map(SamlCatalogue::of).forEach(all::add);
        return all;
    }

    /** A response that would be accepted but for its audience, as a browser brings it. */
    public static String formForOtherAudience(FakeSamlIdp idp) {
        idp.audience = "spn:another";
        return SamlLogin.form(Dsig.parse(Dsig.text(idp.bothSigned())));
    }
}
