package gatehouse.idp.watch;

import static gatehouse.idp.watch.WatchWorld.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.keys.OwnCertificates.OwnCertificate;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.watch.DriftDecisions.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discovery documents of OpenID Providers are followed, held and kept as SAML metadata is. */
class DiscoveryWatchTest {

    private static final String HONEST = """
            {"issuer":"https://op.example","authorization_endpoint":"https://op.example/authorize",
             "token_endpoint":"https://op.example/token","jwks_uri":"https://keys.op.example/jwks",
             "id_token_signing_alg_values_supported":["RS256"]}""";

    private final WatchWorld world = new WatchWorld();
    private Watch node;

    @BeforeEach
    void accept() {
        node = world.node();
        world.connect("globex", "oidc", JsonNodeFactory.instance.objectNode().put("issuer", "https://op.example")
                .put("client_id", "us").put("client_secret", "secret"));
        world.publishText(HONEST);
        assertThat(used()).isEqualTo(HONEST);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String used() {
        return new String(node.metadata().current(world.connection("globex"), soon()).document(),
                StandardCharsets.UTF_8);
    }

    private MetadataRow refresh() {
        return node.metadata().refreshNow(new Key("main", "globex"), soon()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "https://op.example/token       | https://evil.example/token                  | endpoint_host_changed",
        "https://op.example/token       | https://keys.op.example/token               | endpoint_host_changed",
        "https://op.example/authorize   | https://op.example.evil.example/authorize   | endpoint_host_changed",
        "https://keys.op.example/jwks   | https://keys.op.example:8443/jwks           | endpoint_host_changed",
        "[\"RS256\"]                  | [\"RS256\",\"none\"]                    | signing_algorithm_weak",
        "[\"RS256\"]                  | [\"HS256\"]                               | signing_algorithm_weak",
    })
    void whatLowersTrustIsHeldAndLoginsGoOnWithTheAcceptedCopy(String was, String is, String kind) {
        var hostile = HONEST.replace(was, is);
        world.publishText(hostile);
        var held = refresh();
        assertThat(node.decisions().held(world.connection("globex"), held).orElseThrow().kinds()).isEqualTo(kind);
        assertThat(used()).isEqualTo(HONEST);
        world.pass(Duration.ofDays(30));
        world.site.document = Optional.empty();
        assertThat(used()).as("a dead site ends no login").isEqualTo(HONEST);

        var drift = held.held().orElseThrow().drift();
        world.database.inTransaction(soon(), transaction -> assertThat(node.decisions().approve(transaction,
                Rows.Scope.of("main"), "globex", drift)).isInstanceOf(Decision.Done.class));
        assertThat(used()).isEqualTo(hostile);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "https://op.example/token | https://op.example/v2/token",
        "[\"RS256\"]            | [\"RS256\",\"ES256\"]",
    })
    void whatDoesNotIsApplied(String was, String is) {
        var newer = HONEST.replace(was, is);
        world.publishText(newer);
        assertThat(refresh().held()).isEmpty();
        assertThat(used()).isEqualTo(newer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"https://op.example\"       | \"https://evil.example\"",
        "https://op.example/token       | http://op.example/token",
        "\"jwks_uri\"                 | \"no_jwks_uri\"",
        "{                              | [",
    })
    void documentThatCannotBeUsedIsRefusedAndLoginsGoOn(String was, String is) {
        world.publishText(HONEST.replace(was, is));
        assertThatThrownBy(this::refresh).isInstanceOf(MetadataRefused.class);
        assertThat(used()).isEqualTo(HONEST);
        assertThat(node.certificates().known(world.connection("globex"), soon()).row().orElseThrow().fetched()
                .problem()).isPresent();
    }

    @Test
    void connectionWithoutCertificatesIsNotWarnedOfOurs() {
        world.own = Optional.of(List.of(new OwnCertificate(TestCredentials.US.certificate(), "saml-signing", "current",
                Instant.EPOCH, world.now().plus(Duration.ofDays(1)))));
        assertThat(node.certificates().warnings(world.connection("globex"), soon())).isEmpty();
        assertThat(node.certificates().counted(world.connection("globex"), soon())).isEmpty();
        assertThat(node.certificates().known(world.connection("globex"), soon()).facts().orElseThrow().endpoints())
                .containsKeys("authorization", "token", "jwks");
    }
}
