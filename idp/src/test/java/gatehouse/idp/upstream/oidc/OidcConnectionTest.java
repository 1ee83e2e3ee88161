package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.InvalidSettings;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcConnectionTest {

    private static final String LEAST =
            "{\"issuer\":\"https://op.example\",\"client_id\":\"c\",\"client_secret\":\"s\"}";

    private final OidcConnectorType type =
            new OidcConnectorType(
                    new FakeOpenIdProvider(new OidcJourney().time), OidcJourney.KEYS, new OidcJourney().memory,
                    InstantSource.system(), Runnable::run);

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) RecordJson.MAPPER.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Test
    void issuerClientAndSecretAreEnough() {
        assertThatCode(() -> type.validate(json(LEAST))).doesNotThrowAnyException();
    }

    @Test
    void everySettingCanBeGiven() {
        var all = """
                {"issuer":"https://op.example","client_id":"c","client_secret":"s",
                 "token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"ES256",
                 "client_assertion_audience":"issuer","scopes":["openid","groups"],
                 "claim_mapping":{"email":"upn","email_verified":"v","given_name":"g","family_name":"f",
                 "display_name":"n","locale":"l"},"userinfo":"always","send_login_hint":false,"prompt":"login",
                 "acr_values":["a"],"pass_acr_values":false,"authorization_parameters":{"domain_hint":"x"},
                 "clock_skew_seconds":180,"authorization_endpoint":"https://op.example/a",
                 "token_endpoint":"https://op.example/t","jwks_uri":"https://op.example/k",
                 "userinfo_endpoint":"https://op.example/u","tenant_id":"t","hosted_domains":["acme.example"],
                 "send_domain_hint":true,"send_ui_locales":false,"max_age_seconds":3600,"response_mode":"form_post.jwt",
                 "pushed_authorization_requests":"always",
                 "pushed_authorization_request_endpoint":"https://op.example/p","signing_algs":["PS256"],
                 "upstream_logout":true,"end_session_endpoint":"https://op.example/e","frontchannel_logout":true}""";

        assertThatCode(() -> type.validate(json(all))).doesNotThrowAnyException();
        assertThat(json(all).properties()).hasSameSizeAs(OidcConnection.class.getRecordComponents());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}                                                     | issuer",
        "{\"issuer\":null}                                      | issuer",
        "{\"issuer\":\"op.example\"}                            | issuer",
        "{\"issuer\":\"https://op.example?x\"}                  | issuer",
        "{\"issuer\":\"https://op.example#x\"}                  | issuer",
        "{\"issuer\":\"https://u:p@op.example\"}                | issuer",
        "{\"issuer\":\"ftp://op.example\"}                      | issuer",
        "{\"issuer\":\"https://op example\"}                    | issuer",
        "{\"issuer\":7}                                         | issuer",
        "{\"client_id\":\"\"}                                   | client_id",
        "{\"client_id\":null}                                   | client_id",
        "{\"client_secret\":\"\"}                               | client_secret",
        "{\"client_secret\":null}                               | client_secret",
        "{\"client_secret\":null,\"token_endpoint_auth_method\":\"client_secret_post\"} | client_secret",
        "{\"token_endpoint_auth_method\":\"basic\"}             | token_endpoint_auth_method",
        "{\"token_endpoint_auth_signing_alg\":\"HS256\"}        | token_endpoint_auth_signing_alg",
        "{\"client_assertion_audience\":\"x\"}                  | client_assertion_audience",
        "{\"scopes\":[\"profile\"]}                             | scopes",
        "{\"scopes\":[\"openid\",\"a b\"]}                      | scopes",
        "{\"userinfo\":\"yes\"}                                 | userinfo",
        "{\"prompt\":\"none\"}                                  | prompt",
        "{\"acr_values\":[\"\"]}                                | acr_values",
        "{\"authorization_parameters\":{\"state\":\"x\"}}       | authorization_parameters",
        "{\"authorization_parameters\":{\"redirect_uri\":\"x\"}} | authorization_parameters",
        "{\"clock_skew_seconds\":181}                           | clock_skew_seconds",
        "{\"clock_skew_seconds\":-1}                            | clock_skew_seconds",
        "{\"authorization_endpoint\":\"http://op.example/a\"}   | authorization_endpoint",
        "{\"token_endpoint\":\"/token\"}                        | token_endpoint",
        "{\"jwks_uri\":\"file:///x\"}                           | jwks_uri",
        "{\"userinfo_endpoint\":\"https://op.example/#u\"}      | userinfo_endpoint",
        "{\"client_secrets\":\"x\"}                             | client_secrets",
    })
    void badSettingIsNamed(String changed, String setting) {
        var settings = changed.equals("{}") ? json("{}") : json(LEAST);
        settings.setAll(json(changed));

        assertThat(catchThrowableOfType(InvalidSettings.class, () -> type.validate(settings)).setting())
                .isEqualTo(setting);
    }

    @Test
    void secretIsNotShown() {
        var settings = OidcConnectorType.read(
                json("{\"issuer\":\"https://op.example\",\"client_id\":\"c\",\"client_secret\":\"hush\"}"));

        assertThat(settings.toString()).doesNotContain("hush");
        assertThat(type.secretSettings()).containsExactly("client_secret");
    }

    @Test
    void plainHttpIssuerMayHavePlainHttpEndpoints() {
        assertThatCode(() -> type.validate(json("""
                {"issuer":"http://localhost:8080/realms/demo-idp","client_id":"c","client_secret":"s",
                 "token_endpoint":"http://localhost:8080/realms/demo-idp/token"}"""))).doesNotThrowAnyException();
    }
}
