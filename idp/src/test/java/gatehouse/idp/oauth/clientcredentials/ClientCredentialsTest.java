package gatehouse.idp.oauth.clientcredentials;

import static gatehouse.idp.oauth.testkit.OAuthHarness.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.oauth.wire.Scopes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {

    private final OAuthHarness idp = new OAuthHarness();

    private static Call call() {
        return Call.post("/token").basic("service", TestClients.SECRET).with("grant_type", "client_credentials");
    }

    @Test
    void clientActsForItself() {
        var answer = idp.send(call().with("scope", "api:read"));
        assertThat(answer.json()).containsOnlyKeys("access_token", "token_type", "expires_in", "scope");
        var claims = claims(answer.json("access_token"));
        assertThat(claims.getSubject()).isEqualTo("service");
        assertThat(claims.getClaims()).containsEntry("scope", "api:read").containsEntry("client_id", "service")
                .doesNotContainKeys("sid", "auth_time", "acr", "org_id");
    }

    @Test
    void withoutScopeParameterItGetsItsOwnScopesAndNoneOfPeople() {
        assertThat(idp.send(call()).json()).containsEntry("scope", "api:read api:write");
    }

    @Test
    void clientOfAnOrganizationCarriesItsId() {
        idp.catalogs.put(TestClients.service().of(OAuthHarness.ACME).make());
        assertThat(claims(idp.send(call()).json("access_token")).getClaims()).containsEntry("org_id", "acme");
    }

    @Test
    void algorithmIsTheClients() throws Exception {
        idp.catalogs.put(TestClients.service().signedWith(SigningAlgorithm.ES256, SigningAlgorithm.RS256).make());
        assertThat(SignedJWT.parse(idp.send(call()).json("access_token")).getHeader().getAlgorithm())
                .isEqualTo(JWSAlgorithm.RS256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid", "api:read offline_access", "unknown", "api:read api:\"x\"", "api:ä"})
    void scopesOfPeopleUnknownAndMalformedScopesAreRefused(String scope) {
        idp.send(call().with("scope", scope)).isError(400, "invalid_scope");
    }

    @Test
    void scopeParameterHasALimit() {
        var most = "api:read" + " ".repeat(Scopes.LENGTH_MAX - 8);
        assertThat(idp.send(call().with("scope", most)).status()).isEqualTo(200);
        idp.send(call().with("scope", most + ' ')).isError(400, "invalid_scope");
    }

    @Test
    void publicClientIsRefused() {
        idp.send(Call.post("/token").with("client_id", "web").with("grant_type", "client_credentials"))
                .isError(400, "unauthorized_client");
    }

    @Test
    void clientWithoutTheGrantIsRefused() {
        idp.catalogs.put(TestClients.service().grants("authorization_code").make());
        idp.send(call()).isError(400, "unauthorized_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "CLIENT_CREDENTIALS",
            " "})
    void unknownGrantTypeIsUnsupported(String type) {
        idp.send(call().without("grant_type").with("grant_type", type)).isError(400, "unsupported_grant_type");
    }

    @Test
    void missingOrRepeatedGrantTypeIsAnInvalidRequest() {
        idp.send(call().without("grant_type")).isError(400, "invalid_request");
        idp.send(call().without("grant_type").with("grant_type", "")).isError(400, "invalid_request");
        idp.send(call().with("grant_type", "client_credentials")).isError(400, "invalid_request");
    }

    @Test
    void bodyThatIsNoFormIsAnInvalidRequest() {
        idp.send(call().header("content-type", "application/json")).isError(400, "invalid_request");
    }

    @Test
    void unknownParametersAreIgnored() {
        assertThat(idp.send(call().with("whatever", "x")).status()).isEqualTo(200);
    }
}
