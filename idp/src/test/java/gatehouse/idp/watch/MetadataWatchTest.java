package gatehouse.idp.watch;

import static gatehouse.idp.samlwire.TestCredentials.IDP;
import static gatehouse.idp.samlwire.TestCredentials.IDP_NEXT;
import static gatehouse.idp.samlwire.TestCredentials.STRANGER;
import static gatehouse.idp.watch.WatchWorld.followed;
import static gatehouse.idp.watch.WatchWorld.metadata;
import static gatehouse.idp.watch.WatchWorld.signed;
import static gatehouse.idp.watch.WatchWorld.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.idp.watch.DriftDecisions.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published metadata over its whole life: fetched ahead, kept, renewed, held, and never the end of a working connection. */
class MetadataWatchTest {

    private final WatchWorld world = new WatchWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Watch followedBy(TestCredentials... keys) {
        world.publish(keys);
        world.connect(followed());
        var node = world.node();
        node.metadata().sweep(soon());
        return node;
    }

    /** Long enough for the next scheduled fetch, and that fetch. */
    private void hourPasses(Watch node) {
        world.pass(Duration.ofMinutes(61));
        node.metadata().sweep(soon());
    }

    private List<Kind> held(Watch node) {
        var connection = world.connection("globex");
        var row = node.certificates().known(connection, soon()).row().orElseThrow();
        return node.decisions().held(connection, row).map(drift -> drift.differences().stream()
                .map(one -> one.kind()).filter(Kind::lowersTrust).toList()).orElse(List.of());
    }

    private String heldDrift(Watch node) {
        return node.certificates().known(world.connection("globex"), soon()).row().orElseThrow().held().orElseThrow()
                .drift();
    }

    private Decision decide(Watch node, String drift, boolean approve) {
        return world.database.inTransaction(soon(), transaction -> approve
                ? node.decisions().approve(transaction, Rows.Scope.of("main"), "globex", drift)
                : node.decisions().reject(transaction, Rows.Scope.of("main"), "globex", drift));
    }

    @Test
    void loginNeedsNoFetchOnceTheScheduleHasBeenThere() {
        var node = followedBy(IDP);
        assertThat(world.site.fetches).isEqualTo(1);
        var connector = world.open(node);
        assertThat(world.signsIn(connector, IDP)).isTrue();
        assertThat(world.signsIn(connector, IDP)).isTrue();
        assertThat(world.site.fetches).isEqualTo(1);
    }

    @Test
    void firstLoginFetchesItselfIfNobodyDidAndAFailureIsNotRepeatedAtOnce() {
        world.connect(followed());
        var node = world.node();
        var connector = world.open(node);
        assertThat(world.signsIn(connector, IDP)).isFalse();
        assertThat(world.signsIn(connector, IDP)).isFalse();
        assertThat(world.site.fetches).isEqualTo(1);
        world.publish(IDP);
        world.pass(MetadataWatch.PAUSE_AFTER_FAILURE);
        assertThat(world.signsIn(connector, IDP)).isTrue();
    }

    @Test
    void restartWithADeadSiteGoesOnWithWhatWasAccepted() {
        followedBy(IDP);
        world.site.document = Optional.empty();
        world.pass(Duration.ofDays(30));
        var restarted = world.node();
        restarted.metadata().sweep(soon());
        assertThat(world.signsIn(world.open(restarted), IDP)).isTrue();
        var warnings = restarted.certificates().warnings(world.connection("globex"), soon());
        assertThat(warnings).extracting(CertificateWarning::code)
                .containsExactly(CertificateWarning.Code.METADATA_STALE);
    }

    @Test
    void oneNodeFetchesWhatIsDue() throws Exception {
        world.publish(IDP);
        for (int i = 0; i < 10; i++) {
            world.connect("c" + i, followed());
        }
        var nodes = List.of(world.node(), world.node(), world.node());
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var turns = new ArrayList<Callable<Integer>>();
            nodes.forEach(node -> turns.add(() -> node.metadata().sweep(soon())));
            int fetched = 0;
            for (var done : all.invokeAll(turns)) {
                fetched += done.get();
            }
            assertThat(fetched).isEqualTo(10);
        }
        assertThat(world.site.fetches).isEqualTo(10);
    }

    @Test
    void unchangedDocumentCostsNoBodyAndCacheHeadersSetThePace() {
        world.site.headers.put("etag", "\"one\"");
        world.site.headers.put("cache-control", "public, max-age=1800");
        var node = followedBy(IDP);
        world.pass(Duration.ofMinutes(29));
        assertThat(node.metadata().sweep(soon())).isZero();
        world.pass(Duration.ofMinutes(1));
        assertThat(node.metadata().sweep(soon())).isEqualTo(1);
        assertThat(world.site.asked).containsEntry("if-none-match", "\"one\"");
        world.site.headers.put("cache-control", "max-age=1");
        world.pass(Duration.ofMinutes(30));
        node.metadata().sweep(soon());
        world.pass(Renewal.SOONEST.minusSeconds(1));
        assertThat(node.metadata().sweep(soon())).as("not sooner than our own bound").isZero();
        world.pass(Duration.ofSeconds(1));
        assertThat(node.metadata().sweep(soon())).isEqualTo(1);
    }

    @Test
    void addedKeyIsAppliedByItselfAndToldToEveryNode() {
        var node = followedBy(IDP);
        var other = world.node();
        var there = world.open(other);
        assertThat(world.signsIn(there, IDP)).isTrue();
        world.publish(IDP, IDP_NEXT);
        hourPasses(node);
        assertThat(world.signsIn(there, IDP_NEXT)).isTrue();
        assertThat(world.signsIn(there, IDP)).isTrue();
        world.publish(IDP_NEXT);
        hourPasses(node);
        assertThat(world.signsIn(there, IDP)).as("withdrawn").isFalse();
        assertThat(world.signsIn(there, IDP_NEXT)).isTrue();
        assertThat(world.trail()).containsExactly("metadata.applied first",
                "metadata.applied certificate_added", "metadata.applied certificate_removed");
    }

    @Test
    void keyThatIsUsedBeforeTheScheduleIsFetchedButNotForEveryForgery() {
        var node = followedBy(IDP);
        var connector = world.open(node);
        world.publish(IDP, IDP_NEXT);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.signsIn(connector, IDP_NEXT)).isTrue();
        assertThat(world.site.fetches).isEqualTo(2);
        for (int i = 0; i < 5; i++) {
            assertThat(world.signsIn(connector, STRANGER)).isFalse();
        }
        assertThat(world.site.fetches).isEqualTo(2);
        world.pass(MetadataWatch.PAUSE_AFTER_UNKNOWN_KEY);
        assertThat(world.signsIn(connector, STRANGER)).isFalse();
        assertThat(world.site.fetches).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all keys", "no key", "host", "http", "entity", "signing off", "new host"})
    void changeThatLowersTrustIsHeldAndLoginsGoOn(String what) {
        var usual = metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP);
        world.publishText(usual.replace("WantAuthnRequestsSigned=\"false\"", "WantAuthnRequestsSigned=\"true\""));
        world.connect(followed());
        var node = world.node();
        node.metadata().sweep(soon());
        world.publishText(switch (what) {
            case "all keys" -> metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", STRANGER, IDP_NEXT);
            case "no key" -> usual.replaceAll("<md:KeyDescriptor.*</md:KeyDescriptor>", "");
            case "host" -> usual.replace("https://idp.example/sso", "https://evil.example/sso");
            case "http" -> usual.replace("https://idp.example/sso", "http://idp.example/sso");
            case "entity" -> metadata("https://evil.example", "https://idp.example/sso", IDP);
            case "signing off" -> usual;
            case "new host" -> usual.replaceFirst("https://idp.example/sso", "https://evil.example/sso");
            default -> throw new IllegalArgumentException(what);
        });
        hourPasses(node);
        hourPasses(node);
        assertThat(held(node)).contains(switch (what) {
            case "all keys" -> Kind.CERTIFICATES_REPLACED;
            case "no key" -> Kind.CERTIFICATES_EMPTIED;
            case "host", "new host" -> Kind.ENDPOINT_HOST_CHANGED;
            case "http" -> Kind.ENDPOINT_WITHOUT_TLS;
            case "entity" -> Kind.ENTITY_ID_CHANGED;
            default -> Kind.SIGNED_REQUESTS_DROPPED;
        });
        var connector = world.open(node);
        assertThat(world.signsIn(connector, IDP)).isTrue();
        assertThat(world.signsIn(connector, STRANGER)).isFalse();
        assertThat(world.trail()).filteredOn(line -> line.startsWith("metadata.held")).as("told once").hasSize(1);
        if (what.equals("no key")) {
            assertThat(decide(node, heldDrift(node), true)).isInstanceOf(Decision.Unusable.class);
        }
    }

    @Test
    void pathOnTheSameHostIsAppliedByItself() {
        var node = followedBy(IDP);
        world.publish("https://idp.example/other/sso", IDP);
        hourPasses(node);
        var departure = world.open(node).depart(SamlLogin.call(), soon());
        assertThat(departure.toString()).contains("https://idp.example/other/sso");
        assertThat(world.trail()).last().isEqualTo("metadata.applied endpoint_path_changed");
    }

    @Test
    void approvedChangeIsUsedAndOnlyTheOneThatWasShown() {
        var node = followedBy(IDP);
        world.publish(STRANGER);
        hourPasses(node);
        var shown = heldDrift(node);
        world.publish(IDP_NEXT);
        hourPasses(node);
        assertThat(decide(node, shown, true)).as("another is held by now").isInstanceOf(Decision.NotHeld.class);
        assertThat(decide(node, heldDrift(node), true)).isInstanceOf(Decision.Done.class);
        var connector = world.open(node);
        assertThat(world.signsIn(connector, IDP_NEXT)).isTrue();
        assertThat(world.signsIn(connector, IDP)).isFalse();
        assertThat(world.signsIn(connector, STRANGER)).isFalse();
        assertThat(held(node)).isEmpty();
    }

    @Test
    void rejectedChangeIsNotHeldAgainAndAnotherOneIs() {
        var node = followedBy(IDP);
        world.publish(STRANGER);
        hourPasses(node);
        assertThat(decide(node, heldDrift(node), false)).isInstanceOf(Decision.Done.class);
        hourPasses(node);
        assertThat(held(node)).isEmpty();
        world.publish(IDP_NEXT);
        hourPasses(node);
        assertThat(held(node)).containsExactly(Kind.CERTIFICATES_REPLACED);
        world.publish(IDP);
        hourPasses(node);
        assertThat(held(node)).as("the provider took it back").isEmpty();
    }

    @Test
    void pinnedSignerMayReplaceEveryKeyAndNobodyElseMayChangeAnything() {
        var settings = followed();
        settings.putArray("metadata_signing_certificates")
                .add(Certificates.pem(TestCredentials.US.certificate()));
        world.publishText(signed(metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP), TestCredentials.US));
        world.connect(settings);
        var node = world.node();
        node.metadata().sweep(soon());
        var connector = world.open(node);
        assertThat(world.signsIn(connector, IDP)).isTrue();

        var next = metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP_NEXT);
        for (var hostile : List.of(next, signed(next, STRANGER),
                signed(next, TestCredentials.US).replace("https://idp.example/sso", "https://evil.example/sso"))) {
            world.publishText(hostile);
            hourPasses(node);
            assertThat(world.signsIn(connector, IDP)).isTrue();
            assertThat(world.signsIn(connector, IDP_NEXT)).isFalse();
        }
        world.publishText(signed(next, TestCredentials.US));
        world.pass(Duration.ofHours(2));
        node.metadata().sweep(soon());
        assertThat(world.signsIn(connector, IDP_NEXT)).isTrue();
        assertThat(world.signsIn(connector, IDP)).isFalse();
        assertThat(world.trail()).contains("metadata.failed metadata_invalid");
    }

    @Test
    void fingerprintPinsTheCertificateThatTheSignatureCarries() {
        var carried = Certificates.pem(TestCredentials.US.certificate()).replaceAll("-----.*-----|\\s", "");
        var plain = metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP);
        var settings = followed();
        settings.putArray("metadata_signing_fingerprints")
                .add(Certificates.fingerprint(TestCredentials.US.certificate()).toUpperCase(Locale.ROOT));
        world.publishText(signed(plain, STRANGER).replaceFirst(
                "(?s)(</ds:SignatureValue>.*?<ds:X509Certificate>).*?(</ds:X509Certificate>)", "$1" + carried + "$2"));
        world.connect(settings);
        var node = world.node();
        assertThat(world.signsIn(world.open(node), IDP)).as("another key under the pinned certificate").isFalse();
        world.publishText(signed(plain, TestCredentials.US));
        world.pass(Duration.ofMinutes(1));
        assertThat(world.signsIn(world.open(node), IDP)).isTrue();
    }

    @Test
    void endOfAnUnpinnedCopyIsAWarningAndOfAPinnedOneAnEnd() {
        var end = world.now().plus(Duration.ofDays(2));
        var dated = metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP)
                .replaceFirst("EntityDescriptor ", "EntityDescriptor validUntil=\"" + end + "\" ");
        var pinned = followed();
        pinned.putArray("metadata_signing_certificates").add(Certificates.pem(TestCredentials.US.certificate()));
        world.publishText(signed(dated, TestCredentials.US));
        world.connect(followed());
        world.connect("pinned", pinned);
        var node = world.node();
        node.metadata().sweep(soon());
        world.site.document = Optional.empty();
        world.pass(Duration.ofDays(3));
        node.metadata().sweep(soon());
        assertThat(world.signsIn(world.open(node), IDP)).isTrue();
        assertThat(node.certificates().warnings(world.connection("globex"), soon()))
                .extracting(CertificateWarning::code).contains(CertificateWarning.Code.METADATA_EXPIRED);
        world.login.published = node.metadata();
        assertThatThrownBy(() -> world.login.open(world.connection("pinned")).depart(SamlLogin.call(), soon()))
                .isInstanceOfSatisfying(UpstreamRefusal.class,
                        refused -> assertThat(refused.reason()).isEqualTo("metadata_invalid"));
    }

    @Test
    void otherTermsNeedAnotherCopy() {
        var node = followedBy(IDP);
        world.site.document = Optional.empty();
        ObjectNode elsewhere = followed().put("metadata_url", "https://other.example/metadata");
        world.resettle("globex", elsewhere);
        assertThat(world.signsIn(world.open(node), IDP)).as("nothing was accepted from there").isFalse();
    }

    @Test
    void documentThatIsNoUseLeavesEverythingAsItIs() {
        var node = followedBy(IDP);
        for (var useless : List.of("<html/>", "", "<!DOCTYPE a []><a/>", "x".repeat(9 << 20),
                metadata(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso", IDP)
                        .replaceFirst("EntityDescriptor ", "EntityDescriptor validUntil=\"2020-01-01T00:00:00Z\" "))) {
            world.publishText(useless);
            hourPasses(node);
            assertThat(world.signsIn(world.open(node), IDP)).isTrue();
        }
        world.site.status = 500;
        hourPasses(node);
        assertThat(world.signsIn(world.open(node), IDP)).isTrue();
        assertThat(world.trail()).filteredOn(line -> line.startsWith("metadata.failed")).as("told once").hasSize(1);
    }
}
