package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.upstream.UpstreamIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuers at which everybody can have an account: only the customer's own people are let in. */
class BoundProviderTest {

    private static final String OURS = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String THEIRS = "00001111-aaaa-2222-bbbb-3333cccc4444";
    private static final String CLOUD = "https://cloud.example";

    /** A provider whose issuer stands for many directories, and an account in {@code directory}. */
    private static OidcJourney manyDirectories(String word, String directory) {
        var told = CLOUD + "/" + (word.equals("{tenantid}") ? "organizations" : word) + "/v2.0";
        var holder = new OidcJourney[1];
        var journey = new OidcJourney(told, new gatehouse.idp.http.HttpCaller() {
            @Override
            public Answer get(java.net.URI uri, Map<String, String> headers, gatehouse.spi.Deadline deadline) {
                return holder[0].provider.get(uri, headers, deadline);
            }

            @Override
            public Answer post(
                    java.net.URI uri, Map<String, String> headers, byte[] body, gatehouse.spi.Deadline deadline) {
                return holder[0].provider.post(uri, headers, body, deadline);
            }
        });
        holder[0] = journey;
        journey.settings.put("issuer", CLOUD + "/" + word + "/v2.0").put("tenant_id", OURS);
        journey.provider.metadata.put("issuer", CLOUD + "/{tenantid}/v2.0");
        journey.provider.claims = claims -> {
            claims.put("iss", CLOUD + "/" + directory + "/v2.0");
            claims.put("tid", directory);
        };
        return journey;
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations", "common", "{tenantid}"})
    void peopleOfTheDirectoryAreLetInAndOthersAreNot(String word) {
        assertThat(manyDirectories(word, OURS).signIn()).extracting(UpstreamIdentity::emailVerified).isEqualTo(true);

        assertThat(manyDirectories(word, THEIRS).refusal()).isEqualTo("wrong_issuer");
    }

    @Test
    void issuerAndDirectoryOfATokenMustBothBeOurs() {
        var issuerOnly = manyDirectories("common", OURS);
        issuerOnly.provider.claims = claims -> {
            claims.put("iss", CLOUD + "/" + OURS + "/v2.0");
            claims.put("tid", THEIRS);
        };
        assertThat(issuerOnly.refusal()).isEqualTo("other_tenant");

        var directoryOnly = manyDirectories("common", OURS);
        directoryOnly.provider.claims = claims -> {
            claims.put("iss", CLOUD + "/" + THEIRS + "/v2.0");
            claims.put("tid", OURS);
        };
        assertThat(directoryOnly.refusal()).isEqualTo("wrong_issuer");

        for (var issuer : List.of(CLOUD + "/{tenantid}/v2.0", CLOUD + "/common/v2.0", CLOUD + "/" + OURS + "/v2.0/")) {
            var unfilled = manyDirectories("common", OURS);
            unfilled.provider.claims = claims -> {
                claims.put("iss", issuer);
                claims.put("tid", OURS);
            };
            assertThat(unfilled.refusal()).isEqualTo("wrong_issuer");
        }
    }

    @Test
    void documentOfAnotherIssuerIsNotTakenForThatOfManyDirectories() {
        for (var issuer : List.of(CLOUD + "/" + THEIRS + "/v2.0", CLOUD + "/common/v2.0", "https://{tenantid}/v2.0",
                CLOUD + "/{tenantid}/v1.0")) {
            var journey = manyDirectories("common", OURS);
            journey.provider.metadata.put("issuer", issuer);

            assertThat(journey.refusal()).as(issuer).isEqualTo("metadata_other_issuer");
        }
    }

    @Test
    void directoryOfASingleTenantApplicationIsComparedToo() {
        var journey = new OidcJourney();
        journey.settings.put("tenant_id", OURS);
        journey.provider.claims = claims -> claims.put("tid", OURS);
        journey.signIn();

        for (var tid : List.of(THEIRS, "", 7, List.of(OURS))) {
            journey.provider.claims = claims -> claims.put("tid", tid);
            assertThat(journey.refusal()).isEqualTo("other_tenant");
        }
        journey.provider.claims = _ -> {};
        assertThat(journey.refusal()).isEqualTo("other_tenant");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "acme.example, -", "ACME.example, -", "acme.test, -",
        "evil.example, other_hosted_domain", "sub.acme.example, other_hosted_domain",
        "acme.example.evil.test, other_hosted_domain", "'', other_hosted_domain", "-, other_hosted_domain"
    })
    void hostedDomainMustBeOneOfThoseThatAreLetIn(String domain, String reason) {
        var journey = new OidcJourney();
        journey.settings.putArray("hosted_domains").add("acme.example").add("acme.test");
        journey.provider.claims = claims -> {
            if (domain != null) {
                claims.put("hd", domain);
            }
        };
        if (reason == null) {
            journey.signIn();
        } else {
            assertThat(journey.refusal()).isEqualTo(reason);
        }
    }

    @Test
    void theProviderIsToldWhichDomainItIsAbout() {
        var one = new OidcJourney();
        one.settings.putArray("hosted_domains").add("acme.example");
        assertThat(OidcJourney.query(one.depart(OidcJourney.call())).optional("hd")).contains("acme.example");

        var several = new OidcJourney();
        several.settings.putArray("hosted_domains").add("acme.example").add("acme.test");
        assertThat(OidcJourney.query(several.depart(OidcJourney.call())).optional("hd")).contains("*");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "'\"true\"', true", "1, true", "'\"1\"', true", "false, false", "0, false",
        "'\"yes\"', false", "[true], false"})
    void entrasWordOnTheOwnerOfTheDomainCountsAsVerification(String value, boolean verified) throws Exception {
        var journey = new OidcJourney();
        journey.settings.putObject("claim_mapping").put("email_verified", "xms_edov");
        var parsed = gatehouse.idp.schema.RecordJson.MAPPER.readValue(value, Object.class);
        journey.provider.claims = claims -> claims.put("xms_edov", parsed);

        assertThat(journey.signIn().emailVerified()).isEqualTo(verified);
    }
}
