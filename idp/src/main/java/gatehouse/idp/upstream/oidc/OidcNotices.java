package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Request;
import gatehouse.idp.upstream.LogoutNotices;
import gatehouse.sessions.UpstreamReference;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sessions that a provider says are over: logout tokens (OpenID Connect Back-Channel Logout §2.4, §2.6) and pages in
 * frames (Front-Channel Logout §3).
 */
final class OidcNotices implements LogoutNotices {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int NAME_LENGTH_MAX = 255;
    /** How old a logout token may be, whatever end it gives itself: as long is it remembered. */
    private static final Duration AGE_MAX = Duration.ofMinutes(10);

    private final Issuer issuer;
    private final ConnectionId connection;
    private final OidcConnection settings;
    private final Provider provider;
    private final OidcConnector.Tools tools;

    OidcNotices(Issuer issuer, ConnectionId connection, OidcConnection settings, Provider provider,
            OidcConnector.Tools tools) {
        this.issuer = issuer;
        this.connection = connection;
        this.settings = settings;
        this.provider = provider;
        this.tools = tools;
    }

    @Override
    public UpstreamReference posted(Request request, Deadline deadline) {
        var tokens = request.form().all("logout_token");
        if (tokens.size() != 1) {
            throw OidcReason.LOGOUT_TOKEN_MALFORMED.refusal();
        }
        var form = new SignedAnswer.Form(
                Set.of("logout+jwt", "jwt"), settings.signingAlgorithms(), OidcReason.LOGOUT_TOKEN_MALFORMED);
        var keys = provider.keys(provider.metadata(deadline));
        var token = SignedAnswer.verify(tokens.getFirst(), form, keys, deadline);
        requireParties(token);
        var reference = reference(token.claims());
        requireEvent(token.claims());
        requireOnce(token.claims(), deadline);
        return reference;
    }

    private void requireParties(SignedAnswer token) {
        var signs = settings.issuerIdentifier().signs();
        if (!signs.equals(token.claims().get("iss"))) {
            throw OidcReason.WRONG_ISSUER.refusal(Compared.of(signs, text(token.claims(), "iss")));
        }
        if (!token.audience().contains(settings.clientId())) {
            throw OidcReason.WRONG_AUDIENCE.refusal(Compared.of(settings.clientId(), token.audience()));
        }
    }

    private UpstreamReference reference(Map<String, Object> claims) {
        for (var name : Set.of("sub", "sid")) {
            if (claims.containsKey(name) && text(claims, name).isEmpty()) {
                throw OidcReason.LOGOUT_TOKEN_MALFORMED.refusal();
            }
        }
        var subject = text(claims, "sub");
        var session = text(claims, "sid");
        if (subject.isEmpty() && session.isEmpty()) {
            throw OidcReason.SUBJECT_MISSING.refusal();
        }
        return new UpstreamReference(issuer.name(), connection, subject, session);
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() && text.length() <= NAME_LENGTH_MAX
                        && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }

    /** What tells a logout token from an ID token, which anybody who signed in has one of. */
    private static void requireEvent(Map<String, Object> claims) {
        boolean said = claims.get("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>;
        if (!said || claims.containsKey("nonce")) {
            throw OidcReason.LOGOUT_TOKEN_MALFORMED.refusal();
        }
    }

    private void requireOnce(Map<String, Object> claims, Deadline deadline) {
        if (!(claims.get("exp") instanceof Number expires) || !(claims.get("iat") instanceof Number issued)) {
            throw OidcReason.TIMES_MISSING.refusal();
        }
        long now = tools.time().instant().getEpochSecond();
        long skew = settings.clockSkew().toSeconds();
        if (issued.longValue() > now + skew) {
            throw OidcReason.NOT_YET_VALID.refusal();
        }
        if (expires.longValue() <= now - skew || issued.longValue() < now - skew - AGE_MAX.toSeconds()) {
            throw OidcReason.EXPIRED.refusal();
        }
        var id = text(claims, "jti").orElseThrow(OidcReason.LOGOUT_TOKEN_MALFORMED::refusal);
        var until = Instant.ofEpochSecond(issued.longValue()).plus(AGE_MAX).plusSeconds(skew + 1);
        if (!tools.memory().replays().firstUse("oidc-logout", connection + " " + id, until, deadline)) {
            throw OidcReason.LOGOUT_TOKEN_REPLAYED.refusal();
        }
    }

    @Override
    public Framed framed(Request request, Deadline deadline) {
        if (!settings.frontchannelLogout().orElse(false)) {
            throw OidcReason.FRONTCHANNEL_LOGOUT_OFF.refusal();
        }
        var query = request.query();
        if (query.repeated().isPresent()) {
            throw OidcReason.MALFORMED_RESPONSE.refusal();
        }
        var signs = settings.issuerIdentifier().signs();
        var sender = query.nonEmpty("iss").orElseThrow(OidcReason.ISSUER_MISSING::refusal);
        if (!sender.equals(signs)) {
            throw OidcReason.ISSUER_MISMATCH.refusal(Compared.of(signs, sender));
        }
        var session = query.nonEmpty("sid").filter(sid -> sid.length() <= NAME_LENGTH_MAX)
                .orElseThrow(OidcReason.SUBJECT_MISSING::refusal);
        var metadata = provider.metadata(deadline);
        var framers = Stream.concat(
                        Stream.of(metadata.authorizationEndpoint()), metadata.endSessionEndpoint().stream())
                .map(OidcNotices::origin).distinct().toList();
        return new Framed(
                new UpstreamReference(issuer.name(), connection, Optional.empty(), Optional.of(session)), framers);
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
