package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.spi.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderMetadataTest {

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final OidcJourney journey = new OidcJourney();

    @ParameterizedTest
    @ValueSource(strings = {
            "https://evil.example", "https://op.customer.example/tenant/", "https://op.customer.example"})
    void anotherIssuersMetadataIsRefused(String issuer) {
        journey.provider.metadata.put("issuer", issuer);

        assertThat(journey.refusal()).isEqualTo("metadata_other_issuer");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_endpoint, http://op.customer.example/authorize",
        "authorization_endpoint, javascript:alert(1)",
        "authorization_endpoint, /authorize",
        "token_endpoint, http://op.customer.example/token",
        "token_endpoint, https://user:secret@op.customer.example/token",
        "token_endpoint, 'https://op.customer.example/to ken'",
        "jwks_uri, file:///etc/passwd",
        "jwks_uri, https://op.customer.example/keys#x",
        "userinfo_endpoint, ftp://op.customer.example/",
    })
    void endpointThatIsNoSecureAddressIsRefused(String name, String value) {
        journey.provider.metadata.put(name, value);

        assertThat(journey.refusal()).isEqualTo("metadata_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void missingEndpointIsRefusedUnlessTheSettingsNameIt(String name) {
        var value = journey.provider.metadata.remove(name);
        assertThat(journey.refusal()).isEqualTo("metadata_invalid");

        var told = new OidcJourney();
        told.provider.metadata.remove(name);
        told.settings.put(name, (String) value);
        assertThat(told.signIn()).isNotNull();
    }

    @Test
    void faultOfBrokenMetadataIsTheCustomersToMend() {
        journey.provider.metadata.remove("token_endpoint");

        assertThat(catchThrowableOfType(UpstreamRefusal.class, journey::signIn).fault())
                .isEqualTo(UpstreamRefusal.Fault.CONFIGURATION);
    }

    @Test
    void staleCopyServesForADayWhileTheProviderIsDown() {
        journey.signIn();
        journey.provider.down = Optional.of(DISCOVERY);
        journey.time.advance(Duration.ofHours(23));
        assertThat(journey.signIn()).isNotNull();

        journey.time.advance(Duration.ofHours(1));
        assertThat(journey.refusal()).isEqualTo("provider_unreachable");
        int asked = journey.provider.count(DISCOVERY);
        assertThat(journey.refusal()).isEqualTo("provider_unreachable");
        assertThat(journey.provider.count(DISCOVERY)).as("not asked again at once").isEqualTo(asked);

        journey.provider.down = Optional.empty();
        journey.time.advance(Duration.ofSeconds(5));
        assertThat(journey.signIn()).isNotNull();
    }

    @Test
    void changedEndpointIsFollowedWithTheNextCopy() {
        journey.signIn();
        journey.provider.metadata.put("authorization_endpoint", FakeOpenIdProvider.ISSUER + "/authorize2");
        journey.time.advance(Duration.ofHours(1));
        journey.depart(OidcJourney.call());

        assertThat(journey.depart(OidcJourney.call()).url()).startsWith(FakeOpenIdProvider.ISSUER + "/authorize2?");
    }

    @Test
    void acceptedCopyIsUsedWhateverTheProviderSaysNow() throws IOException {
        var accepted = RecordJson.MAPPER.writeValueAsBytes(journey.provider.metadata);
        journey.provider.metadata.put("authorization_endpoint", "https://evil.example/authorize");
        var published = new AcceptedMetadata() {
            @Override
            public Copy current(Connection connection, Deadline deadline) {
                return new Copy(accepted, "digest", Instant.EPOCH);
            }

            @Override
            public Copy renewed(Connection connection, Copy known, Deadline deadline) {
                return known;
            }
        };
        var memory = new OidcConnectorType.Memory(journey.memory.flows(), journey.memory.replays(), published);
        var connector = new OidcConnectorType(
                journey.provider, OidcJourney.KEYS, memory, journey.time, Runnable::run)
                .open(journey.connection("acme-oidc"), OidcJourney.US);

        var departure = (Departure.Redirect) connector.depart(OidcJourney.call(), Deadline.after(Duration.ofSeconds(5)));

        assertThat(departure.url().toString()).doesNotContain("evil.example");
        assertThat(journey.provider.count(DISCOVERY)).isZero();
    }
}
