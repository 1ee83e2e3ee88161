package gatehouse.idp.upstream.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

    private static final X509Certificate ONE = TestCredentials.IDP.certificate();
    private static final X509Certificate OTHER = TestCredentials.IDP_NEXT.certificate();

    private static MetadataFacts facts(Map<String, String> endpoints, X509Certificate... certificates) {
        var read = new TreeMap<String, URI>();
        endpoints.forEach((purpose, location) -> read.put(purpose, URI.create(location)));
        return new MetadataFacts("https://idp.example", read, List.of(certificates), List.of(), List.of(), false,
                Optional.empty(), Optional.empty());
    }

    private static List<Kind> kinds(MetadataFacts before, MetadataFacts after, boolean pinned) {
        return Drift.between(before, after, pinned).differences().stream().map(Difference::kind).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "https://idp.example/a, https://idp.example/b, ENDPOINT_PATH_CHANGED",
        "https://idp.example/a, https://IDP.example:443/a, ENDPOINT_PATH_CHANGED",
        "https://idp.example/a, https://idp.example:8443/a, ENDPOINT_HOST_CHANGED",
        "https://idp.example/a, https://idp.example.evil.example/a, ENDPOINT_HOST_CHANGED",
        "https://idp.example/a, https://sub.idp.example/a, ENDPOINT_HOST_CHANGED",
        "https://idp.example/a, http://idp.example/a, ENDPOINT_WITHOUT_TLS",
        "https://idp.example/a, http://evil.example/a, ENDPOINT_WITHOUT_TLS",
        "http://idp.example/a, https://idp.example/a, ENDPOINT_PATH_CHANGED",
        "http://idp.example/a, https://evil.example/a, ENDPOINT_HOST_CHANGED",
    })
    void endpointIsHeldToItsHostAndToTls(String before, String after, Kind kind) {
        assertThat(kinds(facts(Map.of("sso", before), ONE), facts(Map.of("sso", after), ONE), true))
                .as("pinned or not").containsExactly(kind);
    }

    @Test
    void newEndpointIsHeldToTheHostsThatWereTrusted() {
        var before = facts(Map.of("sso redirect", "https://idp.example/a"), ONE);
        assertThat(kinds(before, facts(Map.of("sso redirect", "https://idp.example/a", "sso post",
                "https://idp.example/b"), ONE), false)).containsExactly(Kind.ENDPOINT_ADDED);
        assertThat(kinds(before, facts(Map.of("sso redirect", "https://idp.example/a", "sso post",
                "https://evil.example/b"), ONE), false)).containsExactly(Kind.ENDPOINT_HOST_CHANGED);
        assertThat(kinds(before, facts(Map.of("sso redirect", "https://idp.example/a", "sso post",
                "http://idp.example/b"), ONE), false)).containsExactly(Kind.ENDPOINT_WITHOUT_TLS);
    }

    @Test
    void overlapOrAPinnedSignerMakesANewKeyHarmless() {
        var before = facts(Map.of(), ONE);
        assertThat(kinds(before, facts(Map.of(), ONE, OTHER), false)).containsExactly(Kind.CERTIFICATE_ADDED);
        assertThat(kinds(before, facts(Map.of(), OTHER), false)).containsExactly(Kind.CERTIFICATES_REPLACED);
        assertThat(kinds(before, facts(Map.of(), OTHER), true))
                .containsExactly(Kind.CERTIFICATE_ADDED, Kind.CERTIFICATE_REMOVED);
        assertThat(kinds(before, facts(Map.of()), true)).as("whoever signed it").containsExactly(Kind.CERTIFICATES_EMPTIED);
        assertThat(kinds(before, before, false)).isEmpty();
    }

    @Test
    void sameDifferencesHaveTheSameNameAndOthersAnother() {
        var before = facts(Map.of(), ONE);
        var after = facts(Map.of(), OTHER);
        assertThat(Drift.between(before, after, false).id()).isEqualTo(Drift.between(before, after, false).id())
                .isNotEqualTo(Drift.between(after, before, false).id());
    }
}
