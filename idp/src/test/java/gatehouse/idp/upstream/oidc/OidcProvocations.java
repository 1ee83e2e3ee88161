package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Everything that an OpenID Connect connection refuses, provoked over real connectors and real signatures. */
public final class OidcProvocations {

    private final Set<Diagnosis> seen = EnumSet.noneOf(Diagnosis.class);

    private OidcProvocations() {}

    /** The entries of the catalogue that were seen. */
    public static Set<Diagnosis> provoked() {
        var all = new OidcProvocations();
        all.tokens();
        all.answers();
        all.providers();
        all.requestsSentAhead();
        all.logouts();
        return all.seen;
    }

    private void journey(Consumer<OidcJourney> change) {
        journey(change, query -> query);
    }

    private void journey(Consumer<OidcJourney> change, UnaryOperator<String> answer) {
        journey(change, OidcJourney.call(), answer);
    }

    private void journey(Consumer<OidcJourney> change, DepartureCall call, UnaryOperator<String> answer) {
        var journey = new OidcJourney();
        change.accept(journey);
        refused(() -> {
            var departure = journey.depart(call);
            journey.arrive(answer.apply(journey.provider.authorize(departure.url())), departure);
        });
    }

    private void refused(Runnable work) {
        seen.add(catchThrowableOfType(UpstreamRefusal.class, work::run).diagnosis());
    }

    private void claim(String name, Object value) {
        journey(journey -> journey.provider.claims = claims -> claims.put(name, value));
    }

    private void without(String name) {
        journey(journey -> journey.provider.claims = claims -> claims.remove(name));
    }

    private void tokens() {
        claim("iss", "https://evil.example");
        claim("aud", "another");
        claim("azp", "another");
        claim("nonce", "another");
        claim("at_hash", "another");
        claim("exp", 1);
        claim("iat", Integer.MAX_VALUE);
        without("exp");
        without("sub");
        journey(journey -> journey.provider.tokenAnswer = answer -> answer.put("id_token", "a.b.c"));
        journey(journey -> journey.provider.tokenAnswer = answer -> answer.remove("id_token"));
        journey(journey -> journey.provider.signingKey = FakeOpenIdProvider.rsa("rsa-1"));
        journey(journey -> journey.provider.signingKey = FakeOpenIdProvider.rsa("rsa-9"));
        journey(journey -> {
            journey.provider.algorithm = JWSAlgorithm.HS256;
            journey.provider.signingKey = new OctetSequenceKey.Builder(Arrays.copyOf(new byte[] {1}, 32)).build();
        });
        var forced = new DepartureCall("h", Optional.empty(), true, false, Optional.empty(), List.of(), List.of());
        journey(journey -> journey.provider.claims = claims -> claims.put("auth_time", 1), forced, query -> query);
        journey(journey -> journey.settings.put("tenant_id", "our-tenant"));
        journey(journey -> journey.settings.putArray("hosted_domains").add("acme.example"));
    }

    private void answers() {
        journey(_ -> {}, _ -> "state=s");
        for (var error : List.of("access_denied", "login_required", "invalid_request", "server_error")) {
            journey(_ -> {}, _ -> "state=s&error=" + error);
        }
        journey(journey -> journey.provider.metadata.put("authorization_response_iss_parameter_supported", true));
        refused(() -> new OidcJourney().connector().arrive(
                new Arrival(OidcJourney.get("code=c&state=s"), Optional.empty()), OidcJourney.soon()));
    }

    private void providers() {
        journey(journey -> journey.provider.tokenError = Optional.of(error(400, "invalid_grant")));
        journey(journey -> journey.provider.tokenError = Optional.of(error(401, "invalid_client")));
        journey(journey -> journey.provider.down = Optional.of("/token"));
        journey(journey -> journey.provider.metadata.put("issuer", FakeOpenIdProvider.ISSUER + "/"));
        journey(journey -> journey.provider.metadata.remove("token_endpoint"));
        journey(journey -> {
            journey.settings.put("userinfo", "always");
            journey.provider.userinfo.put("sub", "somebody-else");
        });
        journey(journey -> {
            journey.settings.put("userinfo", "always");
            journey.provider.tokenAnswer = answer -> answer.put("access_token", "another");
        });
        journey(journey -> journey.provider.metadata.put("jwks_uri", FakeOpenIdProvider.ISSUER + "/no-key-set"));
        refused(() -> inside().depart(OidcJourney.call(), OidcJourney.soon()));
        var slow = new OidcJourney();
        slow.provider.slow = Optional.of("/token");
        var departure = slow.depart(OidcJourney.call());
        var answer = new Arrival(OidcJourney.get(slow.provider.authorize(departure.url())),
                Optional.of(departure.pending()));
        refused(() -> slow.connector().arrive(answer, Deadline.after(Duration.ofMillis(600))));
    }

    private void requestsSentAhead() {
        journey(journey -> journey.settings.put("pushed_authorization_requests", "always"));
        journey(journey -> {
            journey.provider.metadata.put("pushed_authorization_request_endpoint", FakeOpenIdProvider.ISSUER + "/par");
            journey.provider.pushAnswer = Optional.of(FakeOpenIdProvider.json(201, Map.of("expires_in", 60)));
        });
        journey(journey -> journey.settings.put("response_mode", "query.jwt"), _ -> "code=c&state=s");
    }

    private void logouts() {
        var journey = new OidcJourney();
        var notices = journey.connector().notices().orElseThrow();
        refused(() -> notices.posted(OidcJourney.post("logout_token=x"), OidcJourney.soon()));
        refused(() -> notices.framed(OidcJourney.get("iss=x&sid=y"), OidcJourney.soon()));
        long now = journey.time.instant().getEpochSecond();
        var token = journey.provider.signed(Map.of("iss", FakeOpenIdProvider.ISSUER, "aud", FakeOpenIdProvider.CLIENT,
                "iat", now, "exp", now + 60, "jti", "j", "sub", "ada-7",
                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        notices.posted(OidcJourney.post("logout_token=" + token), OidcJourney.soon());
        refused(() -> notices.posted(OidcJourney.post("logout_token=" + token), OidcJourney.soon()));
    }

    /** A connection to an address that the outbound guard does not let through. */
    private static Connector inside() {
        var guarded = new HttpCaller() {
            @Override
            public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
                throw new OutboundRefused(OutboundRefused.Reason.ADDRESS_NOT_ALLOWED, "inside");
            }

            @Override
            public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
                throw new OutboundRefused(OutboundRefused.Reason.ADDRESS_NOT_ALLOWED, "inside");
            }
        };
        var journey = new OidcJourney();
        return new OidcConnectorType(guarded, OidcJourney.KEYS, journey.memory, journey.time, Runnable::run)
                .open(journey.connection("inside"), OidcJourney.US);
    }

    private static HttpCaller.Answer error(int status, String error) {
        return FakeOpenIdProvider.json(status, Map.of("error", error));
    }
}
