package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.ClientKeys;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.LogoutNotices;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Signs people in at an OpenID Provider: authorization code flow (OpenID Connect Core §3.1) with PKCE S256. */
final class OidcConnector implements Connector {

    /** Kept back from every wait, so that there is time left to say that the provider was too slow. */
    private static final Duration TIME_TO_ANSWER = Duration.ofMillis(250);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** What all connectors of this protocol share. @param background runs fetches; a virtual thread per task */
    record Tools(
            HttpCaller http,
            ClientKeys keys,
            OidcConnectorType.Memory memory,
            InstantSource time,
            Executor background) {}

    private final Connection connection;
    private final OidcConnection settings;
    private final String redirectUri;
    private final InstantSource time;
    private final Provider provider;
    private final AuthorizationRequest request;
    private final TokenRequest tokenRequest;
    private final IdTokenValidator validator;
    private final Profiles profiles;
    private final KeptIdTokens idTokens;
    private final OidcLogout logout;
    private final OidcNotices notices;
    private final SecureRandom random = new SecureRandom();

    OidcConnector(Connection connection, OidcConnection settings, Issuer issuer, Tools tools) {
        this.connection = connection;
        this.settings = settings;
        this.redirectUri = issuer.at("/login/arrive/" + connection.id());
        this.time = tools.time();
        this.provider = new Provider(connection, settings, tools);
        var client = new ClientProof(settings, issuer, tools);
        this.request = new AuthorizationRequest(settings, redirectUri, client);
        this.tokenRequest = new TokenRequest(client);
        this.validator = new IdTokenValidator(settings, tools.time());
        this.profiles = new Profiles(connection.id(), settings, tools);
        this.idTokens = new KeptIdTokens(issuer, tools.memory().flows());
        this.logout = new OidcLogout(issuer, connection.id(), settings, provider, idTokens);
        this.notices = new OidcNotices(issuer, connection.id(), settings, provider, tools);
    }

    @Override
    public Departure depart(DepartureCall call, Deadline deadline) {
        return inTime(deadline, within -> {
            var metadata = provider.metadata(within);
            var maxAge = call.maxAge().or(() -> settings.maxAgeSeconds().map(Duration::ofSeconds));
            var pending = new PendingSignIn(connection.id().value(), secret(), secret(),
                    time.instant().truncatedTo(ChronoUnit.SECONDS), call.forceAuthn(), maxAge);
            return new Departure.Redirect(request.url(call, pending, metadata, within), pending.encode());
        });
    }

    /** 256 random bits in base64url: 43 characters, as RFC 7636 §4.1 advises. */
    private String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    @Override
    public Optional<String> handleOf(Request request) {
        return AuthorizationAnswer.state(request);
    }

    @Override
    public UpstreamIdentity arrive(Arrival arrival, Deadline deadline) {
        var pending = PendingSignIn.decode(arrival.pending().orElseThrow(OidcReason.UNSOLICITED::refusal));
        if (!pending.connection().equals(connection.id().value())) {
            throw OidcReason.OTHER_CONNECTION.refusal();
        }
        arrival.trace().passed(Check.REQUEST);
        return inTime(deadline, within -> arrive(arrival, pending, within));
    }

    private UpstreamIdentity arrive(Arrival arrival, PendingSignIn pending, Deadline deadline) {
        var trace = arrival.trace();
        var metadata = trace.timed(Stage.METADATA, () -> provider.metadata(deadline));
        trace.passed(Check.PROVIDER, Compared.received(metadata.issuer()));
        var keys = provider.keys(metadata);
        var sender = new AuthorizationAnswer.Sender(settings, metadata, keys, time);
        var answer = AuthorizationAnswer.read(arrival.request(), sender, deadline);
        trace.passed(Check.DECODING);
        trace.passed(Check.SENDER);
        var code = answer.code();
        trace.passed(Check.STATUS);
        var tokens = trace.timed(Stage.TOKEN_CALL, () ->
                tokenRequest.exchange(code, pending.codeVerifier(), redirectUri, metadata, deadline));
        trace.passed(Check.TOKEN_CALL);
        var idToken = validator.validate(tokens, pending, keys, trace, deadline);
        var identity = profiles.identity(idToken, tokens, new Profiles.Source(metadata, keys, trace), deadline);
        if (settings.upstreamLogout().orElse(false) && metadata.endSessionEndpoint().isPresent()) {
            idTokens.keep(identity.session(), tokens.idToken(), deadline);
        }
        return identity;
    }

    @Override
    public Optional<UpstreamLogout> logout() {
        return Optional.of(logout);
    }

    @Override
    public Optional<LogoutNotices> notices() {
        return Optional.of(notices);
    }

    private static <T> T inTime(Deadline deadline, Function<Deadline, T> work) {
        var remaining = deadline.remaining();
        var within = deadline.within(remaining.compareTo(TIME_TO_ANSWER.multipliedBy(2)) > 0
                ? remaining.minus(TIME_TO_ANSWER)
                : remaining.dividedBy(2));
        try {
            return work.apply(within);
        } catch (DeadlineExceeded late) {
            throw OidcReason.PROVIDER_TIMED_OUT.refusal();
        }
    }
}
