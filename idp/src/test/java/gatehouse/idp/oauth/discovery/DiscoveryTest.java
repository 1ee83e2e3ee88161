package gatehouse.idp.oauth.discovery;

import static gatehouse.idp.oauth.testkit.OAuthHarness.BRANCH;
import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Route;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    private static final String PATH = "/.well-known/openid-configuration";
    private static final String APPENDED = "/.well-known/oauth-authorization-server/realms/{issuer}";

    private final OAuthHarness idp = new OAuthHarness();

    @Test
    void metadataSaysWhatIsWired() {
        assertThat(idp.send(Call.get(PATH)).json())
                .containsEntry("issuer", MAIN.url())
                .containsEntry("token_endpoint", "https://id.example/token")
                .containsEntry("response_types_supported", List.of("code"))
                .containsEntry("response_modes_supported", List.of("query", "fragment", "form_post"))
                .containsEntry("grant_types_supported",
                List.of("authorization_code", "refresh_token", "client_credentials"))
                .containsEntry("token_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"))
                .containsEntry("introspection_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "client_secret_post", "private_key_jwt"))
                .containsEntry("code_challenge_methods_supported", List.of("S256"))
                .containsEntry("id_token_signing_alg_values_supported", List.of("ES256", "RS256"))
                .containsEntry("subject_types_supported", List.of("public"))
                .containsEntry("prompt_values_supported", List.of("none", "login", "consent", "select_account"))
                .containsEntry("acr_values_supported", List.of("urn:gatehouse:password"))
                .containsEntry("ui_locales_supported", List.of("en", "de"))
                .containsEntry("authorization_response_iss_parameter_supported", true)
                .containsEntry("claims_parameter_supported", false)
                .containsEntry("request_parameter_supported", false)
                .containsEntry("request_uri_parameter_supported", false);
    }

    @Test
    void everyEndpointOfTheMetadataIsARoute() {
        var paths = idp.routes().stream().map(Route::path).collect(Collectors.toSet());
        idp.send(Call.get(PATH)).json().forEach((name, value) -> {
            if (name.endsWith("_endpoint") || name.equals("jwks_uri")) {
                assertThat(paths).contains(((String) value).substring(MAIN.url().length()));
            }
        });
    }

    @Test
    void everyIssuerHasItsOwn() {
        assertThat(idp.send(Call.get(PATH).at(BRANCH)).json())
                .containsEntry("issuer", "https://id.example/realms/branch")
                .containsEntry("authorization_endpoint", "https://id.example/realms/branch/authorize")
                .containsEntry("jwks_uri", "https://id.example/realms/branch/jwks");
    }

    @Test
    @DisplayName("RFC 8414 §3.1: the issuer's path is appended to the well-known one")
    void appendedFormIsTheSameDocument() {
        assertThat(idp.send(Call.get(APPENDED).pathParameter("issuer", "branch")).text())
                .isEqualTo(idp.send(Call.get(PATH).at(BRANCH)).text());
        assertThat(idp.send(Call.get("/.well-known/oauth-authorization-server")).text())
                .isEqualTo(idp.send(Call.get(PATH)).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "main", "BRANCH", "..", "a/b"})
    void unknownIssuerIsNotFound(String name) {
        assertThat(idp.send(Call.get(APPENDED).pathParameter("issuer", name)).status()).isEqualTo(404);
    }

    @Test
    void disabledIssuerIsNotFound() {
        idp.catalogs.put(OAuthHarness.settings(BRANCH, false));
        assertThat(idp.send(Call.get(APPENDED).pathParameter("issuer", "branch")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/jwks"})
    void documentsAreCachedAndRevalidated(String path) {
        var whole = idp.send(Call.get(path));
        var etag = whole.header("etag").orElseThrow();
        assertThat(whole.header("cache-control"))
                .contains("public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400");
        assertThat(etag).startsWith("\"").endsWith("\"");
        for (var known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            var unchanged = idp.send(Call.get(path).header("if-none-match", known));
            assertThat(unchanged.status()).as(known).isEqualTo(304);
            assertThat(unchanged.text()).isEmpty();
            assertThat(unchanged.header("etag")).contains(etag);
        }
        assertThat(idp.send(Call.get(path).header("if-none-match", "\"x\"")).status()).isEqualTo(200);
    }

    @Test
    void keysArePublicAndDifferPerIssuer() {
        var main = idp.send(Call.get("/jwks"));
        assertThat(main.text()).contains("\"keys\"").doesNotContain("\"d\":", "\"p\":", "\"q\":");
        assertThat(idp.send(Call.get("/jwks").at(BRANCH)).text()).isNotEqualTo(main.text());
    }

    @Test
    @DisplayName("Scripts of any origin may read what needs no cookie, and nothing else")
    void crossOriginReadingIsPerRoute() {
        var open = idp.routes().stream()
                .filter(route -> route.cors() == Route.Cors.ANY_ORIGIN)
                .map(Route::path)
                .filter(path -> !path.contains(".well-known"))
                .collect(Collectors.toSet());
        assertThat(open).isEqualTo(Set.of("/token", "/userinfo", "/revoke", "/jwks"));
    }
}
