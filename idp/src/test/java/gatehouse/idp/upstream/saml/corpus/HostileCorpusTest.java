package gatehouse.idp.upstream.saml.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every forgery is refused for its reason, without a fetch, at the cost of an honest message. */
class HostileCorpusTest {

    /** What an honest login takes of the processor, some hundred times over: this catches burning, not slowness. */
    private static final long CPU_NANOS_MAX = 2_000_000_000L;
    private static final long ALLOCATED_MAX = 64L * 1024 * 1024;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final SamlLogin LOGIN = new SamlLogin();
    private static final Connector CONNECTOR = LOGIN.open(SamlLogin.settings());
    /** One for all of them: what is refused does not spend it. */
    private static final Departure DEPARTURE = CONNECTOR.depart(SamlLogin.call(), SamlLogin.soon());
    private static final TrapServer TRAP = new TrapServer();

    static List<Forgery> forgeries() {
        return HostileCorpus.all();
    }

    @AfterAll
    static void nothingWasFetched() {
        TRAP.close();
        assertThat(TRAP.calls()).isZero();
        assertThat(LOGIN.fetches).isZero();
    }

    @Test
    void forgeriesAreManyAndEachIsItsOwn() {
        assertThat(forgeries()).hasSizeGreaterThan(1_300);
        assertThat(forgeries().stream().map(Forgery::toString)).doesNotHaveDuplicates();
    }

    /** What old algorithms, switched on, do make acceptable: they say so, and it is all that they say. */
    private static final Set<String> LEGACY = Set.of(
            "signature algorithm: http://www.w3.org/2000/09/xmldsig#rsa-sha1, correctly signed",
            "digest algorithm: SHA-1, correctly computed");

    /** What is refused before any switch is looked at. */
    private static final Set<String> WITHOUT_SWITCH = Set.of(
            "wrapping", "exhaustion", "document type", "encoding", "well-formedness", "markup", "tenant");

    private static String form(Forgery forgery) {
        var scene = new Scene(LOGIN.answer(DEPARTURE), TestCredentials.US.keys().getPublic(), TRAP.url());
        return SamlLogin.form(Base64.getEncoder().encodeToString(forgery.message().apply(scene)));
    }

    @Test
    void switchesOpenNothingButWhatTheySay() {
        var settings = SamlLogin.settings().put("allows_cbc_encryption", true).put("allows_idp_initiated", true)
                .put("legacy_algorithms_until", LOGIN.now.plusSeconds(3_600).toString());
        var connector = LOGIN.open(settings);

        var accepted = forgeries().stream().filter(forgery -> !WITHOUT_SWITCH.contains(forgery.family()))
                .filter(forgery -> catchThrowableOfType(UpstreamRefusal.class, () -> SamlLogin.arrive(connector,
                        Optional.of(DEPARTURE.pending()), form(forgery))) == null)
                .map(Forgery::toString);

        assertThat(accepted).containsExactlyInAnyOrderElementsOf(LEGACY);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void isRefusedForItsReason(Forgery forgery) {
        var form = form(forgery);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();

        var refusal = catchThrowableOfType(UpstreamRefusal.class,
                () -> SamlLogin.arrive(CONNECTOR, Optional.of(DEPARTURE.pending()), form));

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(ALLOCATED_MAX);
        assertThat(THREADS.getCurrentThreadCpuTime() - cpu).isLessThan(CPU_NANOS_MAX);
        assertThat(refusal).as("accepted").isNotNull();
        assertThat(refusal.reason())
                .isIn(forgery.reasons().stream().map(reason -> reason.name().toLowerCase(Locale.ROOT)).toList());
        assertThat(refusal.description()).doesNotContain(Scene.EVIL).doesNotContain(TRAP.url());
    }
}
