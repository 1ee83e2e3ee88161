package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
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

    Profiles(ConnectionId connection, OidcConnection settings, HttpCaller http) {
        this.connection = connection;
        this.settings = settings;
        this.http = http;
    }

    /** Who {@code token} is about, with what else the provider says. */
    UpstreamIdentity identity(
            VerifiedIdToken token, TokenRequest.Tokens tokens, ProviderMetadata provider, Deadline deadline) {
        var claims = new HashMap<String, Object>();
        if (asksUserinfo(token, provider)) {
            claims.putAll(userinfo(token, tokens, provider, deadline));
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
            VerifiedIdToken token, TokenRequest.Tokens tokens, ProviderMetadata provider, Deadline deadline) {
        var endpoint = provider.userinfoEndpoint().orElseThrow(OidcReason.METADATA_INVALID::refusal);
        var accessToken = tokens.accessToken().orElseThrow(OidcReason.TOKEN_RESPONSE_INVALID::refusal);
        var headers = Map.of("Authorization", "Bearer " + accessToken, "Accept", "application/json");
        var answer = JsonFetch.calling(() -> http.get(endpoint, headers, deadline));
        if (answer.status() != 200) {
            boolean busy = answer.status() / 100 == 5;
            throw (busy ? OidcReason.PROVIDER_UNREACHABLE : OidcReason.USERINFO_INVALID).refusal();
        }
        var claims = JsonFetch.object(answer.body()).orElseThrow(OidcReason.USERINFO_INVALID::refusal);
        if (!token.subject().equals(claims.get("sub"))) {
            throw OidcReason.USERINFO_OTHER_SUBJECT.refusal();
        }
        return claims;
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
