package gatehouse.idp.watch;

import static gatehouse.idp.watch.WatchWorld.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.keys.OwnCertificates.OwnCertificate;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.idp.watch.CertificateWarning.Code;
import gatehouse.idp.watch.CertificateWarning.Urgency;
import gatehouse.idp.watch.CountedCertificate.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates are counted down at 60, 30, 14, 7 and 1 days, once each, whoever looks and however often. */
class CertificateWatchTest {

    private final WatchWorld world = new WatchWorld();
    private final Instant end = TestCredentials.IDP.certificate().getNotAfter().toInstant();

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode settled() {
        return SamlLogin.settings();
    }

    private List<Long> told() {
        return world.trail().stream().filter(line -> line.startsWith("certificate."))
                .map(line -> Long.parseLong(line.split(" ")[1])).toList();
    }

    @Test
    void everyMarkIsToldOnceAcrossNodesOnEveryDayOfTheCountdown() throws Exception {
        world.connect(settled());
        var nodes = List.of(world.node(), world.node(), world.node());
        world.login.now = end.minus(Duration.ofDays(62));
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int day = 0; day < 65; day++) {
                var turns = new ArrayList<Callable<Integer>>();
                nodes.forEach(node -> turns.add(() -> node.certificates().sweep(soon())));
                for (var done : all.invokeAll(turns)) {
                    done.get();
                }
                world.pass(Duration.ofDays(1));
            }
        }
        assertThat(told()).containsExactly(60L, 30L, 14L, 7L, 1L, 0L);
        assertThat(world.trail()).last().isEqualTo("certificate.expired 0");
    }

    @Test
    void certificateMetLateIsToldOfOnceForToday() {
        world.login.now = end.minus(Duration.ofDays(5));
        world.connect(settled());
        var node = world.node();
        node.certificates().sweep(soon());
        node.certificates().sweep(soon());
        assertThat(told()).containsExactly(7L);
    }

    @Test
    void warningSaysHowUrgentItIsAndWhetherTheNextOneIsThere() {
        world.connect(settled());
        var node = world.node();
        world.login.now = end.minus(Duration.ofDays(61));
        assertThat(node.certificates().warnings(world.connection("globex"), soon())).isEmpty();
        world.login.now = end.minus(Duration.ofDays(60));
        assertThat(warning(node).urgency()).isEqualTo(Urgency.NOTICE);
        world.login.now = end.minus(Duration.ofDays(14));
        assertThat(warning(node).urgency()).isEqualTo(Urgency.WARNING);
        world.login.now = end.minus(Duration.ofHours(1));
        assertThat(warning(node)).satisfies(one -> {
            assertThat(one.urgency()).isEqualTo(Urgency.CRITICAL);
            assertThat(one.daysLeft()).isEqualTo(1);
            assertThat(one.fingerprint()).contains(Certificates.fingerprint(TestCredentials.IDP.certificate()));
        });
        world.login.now = end;
        assertThat(warning(node).code()).isEqualTo(Code.PROVIDER_CERTIFICATE_EXPIRED);
    }

    private CertificateWarning warning(Watch node) {
        var all = node.certificates().warnings(world.connection("globex"), soon());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void ourOwnCertificateIsCountedDownToTheDayTheNextOneTakesOver() {
        var takesOver = world.now().plus(Duration.ofDays(20));
        world.own = Optional.of(List.of(
                new OwnCertificate(TestCredentials.US_NEXT.certificate(), "saml-signing", "next", takesOver, end),
                new OwnCertificate(TestCredentials.US.certificate(), "saml-signing", "current", Instant.EPOCH,
                        takesOver)));
        world.connect(settled());
        var node = world.node();
        assertThat(warning(node)).satisfies(one -> {
            assertThat(one.code()).isEqualTo(Code.OWN_CERTIFICATE_CHANGING);
            assertThat(one.daysLeft()).isEqualTo(20);
            assertThat(one.replaced()).isTrue();
        });
        node.certificates().sweep(soon());
        world.pass(Duration.ofDays(7));
        node.certificates().sweep(soon());
        assertThat(told()).containsExactly(30L, 14L);
    }

    @Test
    void everyCertificateIsCountedLongBeforeItIsWarnedOf() {
        var takesOver = end.plus(Duration.ofDays(20));
        world.own = Optional.of(List.of(
                new OwnCertificate(TestCredentials.US_NEXT.certificate(), "saml-signing", "next", takesOver, end),
                new OwnCertificate(TestCredentials.US.certificate(), "saml-signing", "current", Instant.EPOCH,
                        takesOver)));
        world.connect(settled());
        var node = world.node();
        world.login.now = end.minus(Duration.ofDays(61));
        assertThat(node.certificates().counted(world.connection("globex"), soon())).containsExactly(
                new CountedCertificate(Owner.PROVIDER, Certificates.fingerprint(TestCredentials.IDP.certificate()), end,
                        61, Optional.empty(), false),
                new CountedCertificate(Owner.OWN, Certificates.fingerprint(TestCredentials.US.certificate()), takesOver,
                        81, Optional.empty(), true));
        world.login.now = end.plus(Duration.ofDays(1));
        assertThat(node.certificates().counted(world.connection("globex"), soon()))
                .extracting(CountedCertificate::daysLeft, CountedCertificate::urgency)
                .containsExactly(tuple(0L, Optional.of(Urgency.CRITICAL)), tuple(19L, Optional.of(Urgency.NOTICE)));
    }

    @Test
    void connectionThatCannotBeReadKeepsNobodyElseWaiting() {
        world.connect("broken", JsonNodeFactory.instance.objectNode().put("idp_entity_id", "x"));
        world.connect(settled());
        world.login.now = end.minus(Duration.ofDays(1));
        assertThat(world.node().certificates().sweep(soon())).isEqualTo(1);
    }

    @Test
    void scheduleCountsDownOnOneNodeOnceAnHour() {
        world.connect(settled());
        world.login.now = end.minus(Duration.ofDays(1));
        world.node().schedule().turn();
        world.node().schedule().turn();
        assertThat(told()).containsExactly(1L);
    }
}
