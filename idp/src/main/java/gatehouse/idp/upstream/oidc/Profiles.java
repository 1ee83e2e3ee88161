package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a verified ID token, and the userinfo endpoint where it is asked, say about a person. */
final class Profiles {

    private static final int ATTRIBUTES_MAX = 64;
    private static final int VALUES_MAX = 64;
    private static final int NAME_LENGTH_MAX = 128;
    private static final int VALUE_LENGTH_MAX = 1024;
    /** Claims about the token, not about the person. */
    private static final Set<String> PROTOCOL = Set.of("iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "at_hash",
            "c_hash", "azp", "auth_time", "acr", "amr", "sid", "jti", "session_expiry", "s_hash");

    private final ConnectionId connection;
    private final OidcConnection settings;
    private final HttpCaller http;
    private final InstantSource time;

    Profiles(ConnectionId connection, OidcConnection settings, OidcConnector.Tools tools) {
        this.connection = connection;
        this.settings = settings;
        this.http = tools.http();
        this.time = tools.time();
    }

    /** Where more is asked, what it is verified with, and who is told of it. */
    record Source(ProviderMetadata provider, RemoteKeys keys, Trace trace) {}

    /** Who {@code token} is about, with what else the provider says. */
    UpstreamIdentity identity(VerifiedIdToken token, TokenRequest.Tokens tokens, Source source, Deadline deadline) {
        var claims = new HashMap<String, Object>();
        if (asksUserinfo(token, source.provider())) {
            claims.putAll(source.trace().timed(Stage.USERINFO, () -> userinfo(token, tokens, source, deadline)));
            source.trace().passed(Check.USERINFO);
        } else {
            source.trace().notNeeded(Check.USERINFO);
        }
        // What is signed wins.
        claims.putAll(token.claims());
        var profile = settings.mapping().profileOf(claims);
        return new UpstreamIdentity(
                new UpstreamSession(connection, token.subject(), Optional.empty(), token.text("sid")),
                profile.email(), profile.emailVerified(), profile.givenName(), profile.familyName(),
                profile.displayName(), profile.locale(), attributes(claims), token.date("auth_time"), token.text("acr"),
                token.texts("amr"), token.date("session_expiry"));
    }

    private boolean asksUserinfo(VerifiedIdToken token, ProviderMetadata provider) {
        return switch (settings.userinfoUse()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case AUTO -> provider.userinfoEndpoint().isPresent() && !settings.mapping().hasEmail(token.claims());
        };
    }

    /** OpenID Connect Core §5.3: worth nothing unless it is about the same subject. */
    private Map<String, Object> userinfo(
            VerifiedIdToken token, TokenRequest.Tokens tokens, Source source, Deadline deadline) {
        var endpoint = source.provider().userinfoEndpoint().orElseThrow(OidcReason.METADATA_INVALID::refusal);
        var accessToken = tokens.accessToken().orElseThrow(OidcReason.TOKEN_RESPONSE_INVALID::refusal);
        var headers = Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json, application/jwt");
        var answer = JsonFetch.calling(() -> http.get(endpoint, headers, deadline));
        if (answer.status() != 200) {
            boolean busy = answer.status() / 100 == 5;
            throw (busy ? OidcReason.PROVIDER_UNREACHABLE : OidcReason.USERINFO_INVALID).refusal();
        }
        var claims = isSigned(answer)
                ? signedUserinfo(new String(answer.body(), StandardCharsets.US_ASCII).strip(), source.keys(), deadline)
                : JsonFetch.object(answer.body()).orElseThrow(OidcReason.USERINFO_INVALID::refusal);
        if (!token.subject().equals(claims.get("sub"))) {
            throw OidcReason.USERINFO_OTHER_SUBJECT.refusal(Compared.of(token.subject(),
                    Optional.ofNullable(claims.get("sub")).map(String::valueOf)));
        }
        return claims;
    }

    private static boolean isSigned(HttpCaller.Answer answer) {
        var type = answer.headers().getOrDefault("content-type", "");
        return type.split(";", 2)[0].strip().equalsIgnoreCase("application/jwt");
    }

    /** OpenID Connect Core §5.3.2: for us, of this provider. Dates are optional there, and hold if they are given. */
    private Map<String, Object> signedUserinfo(String jwt, RemoteKeys keys, Deadline deadline) {
        var form = SignedAnswer.Form.plain(settings, OidcReason.USERINFO_INVALID);
        var answer = SignedAnswer.verify(jwt, form, keys, deadline);
        if (!settings.issuerIdentifier().signs().equals(answer.claims().get("iss"))) {
            throw OidcReason.WRONG_ISSUER.refusal();
        }
        if (!answer.audience().contains(settings.clientId())) {
            throw OidcReason.WRONG_AUDIENCE.refusal();
        }
        long now = time.instant().getEpochSecond() - settings.clockSkew().toSeconds();
        if (answer.claims().containsKey("exp")
                && !(answer.claims().get("exp") instanceof Number expires && expires.longValue() > now)) {
            throw OidcReason.EXPIRED.refusal();
        }
        return answer.claims();
    }

    private static Map<String, List<String>> attributes(Map<String, Object> claims) {
        var attributes = new LinkedHashMap<String, List<String>>();
        claims.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(claim -> {
            var values = values(claim.getValue());
            if (attributes.size() < ATTRIBUTES_MAX && !PROTOCOL.contains(claim.getKey())
                    && claim.getKey().length() <= NAME_LENGTH_MAX && !values.isEmpty()) {
                attributes.put(claim.getKey(), values);
            }
        });
        return attributes;
    }

    private static List<String> values(Object claim) {
        return (claim instanceof List<?> many ? many.stream() : Stream.ofNullable(claim))
                .filter(value -> value instanceof String || value instanceof Number || value instanceof Boolean)
                .map(Object::toString)
                .filter(value -> value.length() <= VALUE_LENGTH_MAX)
                .limit(VALUES_MAX)
                .toList();
    }
}
