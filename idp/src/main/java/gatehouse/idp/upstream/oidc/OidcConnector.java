package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Signs people in at an OpenID Provider: authorization code flow (OpenID Connect Core §3.1) with PKCE S256. */
final class OidcConnector implements Connector {

    private static final int CODE_LENGTH_MAX = 4096;
    private static final int HINT_LENGTH_MAX = 320;
    /** Kept back from every wait, so that there is time left to say that the provider was too slow. */
    private static final Duration TIME_TO_ANSWER = Duration.ofMillis(250);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** What all connectors of this protocol share. @param background runs fetches; a virtual thread per task */
    record Tools(HttpCaller http, JwtSigner signer, InstantSource time, Executor background) {}

    private final Connection connection;
    private final OidcConnection settings;
    private final String redirectUri;
    private final InstantSource time;
    private final Provider provider;
    private final TokenRequest tokenRequest;
    private final IdTokenValidator validator;
    private final Profiles profiles;
    private final SecureRandom random = new SecureRandom();

    OidcConnector(Connection connection, OidcConnection settings, Issuer issuer, Tools tools) {
        this.connection = connection;
        this.settings = settings;
        this.redirectUri = issuer.at("/login/arrive/" + connection.id());
        this.time = tools.time();
        this.provider = new Provider(settings, tools);
        this.tokenRequest = new TokenRequest(settings, issuer, tools);
        this.validator = new IdTokenValidator(settings, tools.time());
        this.profiles = new Profiles(connection.id(), settings, tools.http());
    }

    @Override
    public Departure depart(DepartureCall call, Deadline deadline) {
        var metadata = inTime(deadline, provider::metadata);
        var pending = new PendingSignIn(connection.id().value(), secret(), secret(),
                time.instant().truncatedTo(ChronoUnit.SECONDS), call.forceAuthn(), call.maxAge());
        var parameters = new LinkedHashMap<>(settings.authorizationParameters());
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", redirectUri);
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", call.handle());
        parameters.put("nonce", pending.nonce());
        parameters.put("code_challenge", challenge(pending.codeVerifier()));
        parameters.put("code_challenge_method", "S256");
        prompt(call).ifPresent(prompt -> parameters.put("prompt", prompt));
        call.maxAge().ifPresent(age -> parameters.put("max_age", Long.toString(age.toSeconds())));
        call.loginHint().filter(hint -> settings.sendLoginHint().orElse(true) && hint.length() <= HINT_LENGTH_MAX)
                .ifPresent(hint -> parameters.put("login_hint", hint));
        hostedDomain().ifPresent(domain -> parameters.put("hd", domain));
        call.loginHint().filter(hint -> settings.sendDomainHint().orElse(false) && hint.indexOf('@') > 0
                        && hint.length() <= HINT_LENGTH_MAX)
                .ifPresent(hint -> parameters.put("domain_hint", hint.substring(hint.lastIndexOf('@') + 1)));
        var acrValues = call.acrValues().isEmpty() || !settings.passAcrValues().orElse(true)
                ? settings.acrValues()
                : call.acrValues();
        if (!acrValues.isEmpty()) {
            parameters.put("acr_values", String.join(" ", acrValues));
        }
        if (!call.uiLocales().isEmpty()) {
            parameters.put("ui_locales", String.join(" ", call.uiLocales()));
        }
        return new Departure.Redirect(url(metadata.authorizationEndpoint().toString(), parameters), pending.encode());
    }

    /** Google shows accounts of these domains only; which one it was is judged all the same. */
    private Optional<String> hostedDomain() {
        return switch (settings.hostedDomains().size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(settings.hostedDomains().getFirst());
            default -> Optional.of("*");
        };
    }

    private Optional<String> prompt(DepartureCall call) {
        if (call.passive()) {
            return Optional.of("none");
        }
        return call.forceAuthn() ? Optional.of("login") : settings.prompt();
    }

    /** 256 random bits in base64url: 43 characters, as RFC 7636 §4.1 advises. */
    private String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    private static String challenge(String codeVerifier) {
        try {
            return BASE64URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(codeVerifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String url(String endpoint, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return endpoint + (endpoint.indexOf('?') < 0 ? '?' : '&') + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<String> handleOf(Request request) {
        return parameters(request).nonEmpty("state");
    }

    @Override
    public UpstreamIdentity arrive(Arrival arrival, Deadline deadline) {
        var pending = PendingSignIn.decode(arrival.pending().orElseThrow(OidcReason.UNSOLICITED::refusal));
        if (!pending.connection().equals(connection.id().value())) {
            throw OidcReason.OTHER_CONNECTION.refusal();
        }
        var trace = arrival.trace();
        trace.passed(Check.REQUEST);
        var answer = parameters(arrival.request());
        if (answer.repeated().isPresent()) {
            throw OidcReason.MALFORMED_RESPONSE.refusal();
        }
        return inTime(deadline, within -> {
            var metadata = trace.timed(Stage.METADATA, () -> provider.metadata(within));
            trace.passed(Check.PROVIDER);
            trace.passed(Check.SENDER, requireIssuer(answer, metadata));
            refuseError(answer);
            trace.passed(Check.STATUS);
            var code = answer.nonEmpty("code").filter(value -> value.length() <= CODE_LENGTH_MAX)
                    .orElseThrow(OidcReason.MALFORMED_RESPONSE::refusal);
            trace.passed(Check.DECODING);
            var tokens = trace.timed(Stage.TOKEN_CALL, () ->
                    tokenRequest.exchange(code, pending.codeVerifier(), redirectUri, metadata, within));
            trace.passed(Check.TOKEN_CALL);
            var idToken = validator.validate(tokens, pending, provider.keys(metadata), trace, within);
            var identity = trace.timed(Stage.USERINFO, () -> profiles.identity(idToken, tokens, metadata, within));
            trace.passed(Check.USERINFO);
            return identity;
        });
    }

    private static Form parameters(Request request) {
        return request.method().equals("POST") ? request.form() : request.query();
    }

    /** RFC 9207 §2.4. Judged before anything else in the answer, an error too: who speaks comes before what is said. */
    private Compared requireIssuer(Form answer, ProviderMetadata metadata) {
        var sender = answer.optional("iss");
        var compared = Compared.of(metadata.issuer(), sender);
        if (sender.isEmpty() && metadata.sendsIssuer()) {
            throw OidcReason.ISSUER_MISSING.refusal(compared);
        }
        if (sender.isPresent() && !sender.get().equals(metadata.issuer())) {
            throw OidcReason.ISSUER_MISMATCH.refusal(compared);
        }
        return compared;
    }

    /**
     * RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6. The provider's own words are not shown: anybody can send them
     * here.
     */
    private static void refuseError(Form answer) {
        var error = answer.optional("error");
        if (error.isEmpty()) {
            return;
        }
        throw (switch (error.get()) {
            case "access_denied" -> OidcReason.ACCESS_DENIED;
            case "login_required", "interaction_required", "consent_required", "account_selection_required",
                    "unmet_authentication_requirements" -> OidcReason.INTERACTION_REQUIRED;
            case "temporarily_unavailable", "server_error" -> OidcReason.PROVIDER_BUSY;
            case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope",
                    "request_not_supported", "registration_not_supported" -> OidcReason.PROVIDER_REFUSED_REQUEST;
            default -> OidcReason.PROVIDER_ERROR;
        }).refusal(Compared.received(error.get()));
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
