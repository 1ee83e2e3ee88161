package gatehouse.idp.oauth.clientauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.client.Client;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.sessions.ReplayCache;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code private_key_jwt}: a JWT that the client signed (RFC 7523 §3, OpenID Connect Core §9), usable once. Its key
 * comes from the client's registration and its algorithm from our list; the message itself decides neither.
 */
public final class PrivateKeyJwt implements ClientAuthMethod {

    /** Longest assertion that is read, in characters. */
    static final int LENGTH_MAX = 8192;
    /** How far ahead an assertion may expire: so long its {@code jti} is remembered. */
    static final Duration LIFETIME_MAX = Duration.ofHours(1);
    /** Tolerated difference between the client's clock and ours. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int JTI_LENGTH_MAX = 256;
    private static final int KEYS_TRIED_MAX = 8;
    private static final List<String> ALGORITHMS =
            List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512");
    private static final Set<String> TYPES =
            Set.of("jwt", "application/jwt", "client-authentication+jwt", "application/client-authentication+jwt");
    private static final Claim UNREADABLE = new Claim("", (_, _) -> Optional.of(Reason.CLIENT_CREDENTIALS_WRONG));

    private final ClientKeys keys;
    private final ReplayCache replays;
    private final InstantSource clock;

    public PrivateKeyJwt(ClientKeys keys, ReplayCache replays, InstantSource clock) {
        this.keys = keys;
        this.replays = replays;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "private_key_jwt";
    }

    @Override
    public List<String> algorithms() {
        return ALGORITHMS;
    }

    @Override
    public Optional<Claim> read(Request request, Form form) {
        var assertion = form.nonEmpty("client_assertion");
        var type = form.nonEmpty("client_assertion_type");
        if (assertion.isEmpty() && type.isEmpty()) {
            return Optional.empty();
        }
        if (assertion.isEmpty() || assertion.get().length() > LENGTH_MAX || !type.equals(Optional.of(ASSERTION_TYPE))) {
            return Optional.of(UNREADABLE);
        }
        try {
            var jwt = SignedJWT.parse(assertion.get());
            var claims = jwt.getJWTClaimsSet();
            if (claims.getSubject() == null || !claims.getSubject().equals(claims.getIssuer())) {
                return Optional.of(UNREADABLE);
            }
            return Optional.of(new Claim(claims.getSubject(),
                    (client, deadline) -> check(jwt, claims, request, client, deadline)));
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.of(UNREADABLE);
        }
    }

    private Optional<Reason> check(
            SignedJWT jwt, JWTClaimsSet claims, Request request, Optional<Client> client, Deadline deadline) {
        boolean holds = client.isPresent()
                && client.get().tokenEndpointAuthMethod().equals(name())
                && hasAcceptedHeader(jwt)
                && isForUs(claims, request)
                && isTimely(claims)
                && isSigned(jwt, client.get(), deadline);
        if (!holds) {
            return Optional.of(Reason.CLIENT_CREDENTIALS_WRONG);
        }
        // Last, so that only a client that holds the key can fill the memory of used ids.
        return isFirstUse(claims, request.issuer(), deadline)
                ? Optional.empty()
                : Optional.of(Reason.CLIENT_ASSERTION_REPLAYED);
    }

    private static boolean hasAcceptedHeader(SignedJWT jwt) {
        var type = jwt.getHeader().getType();
        return ALGORITHMS.contains(jwt.getHeader().getAlgorithm().getName())
                && (type == null || isAccepted(type))
                && (jwt.getHeader().getCriticalParams() == null || jwt.getHeader().getCriticalParams().isEmpty());
    }

    private static boolean isAccepted(JOSEObjectType type) {
        return TYPES.contains(type.getType().toLowerCase(Locale.ROOT));
    }

    /** Every audience must be ours: an assertion that is also meant for somebody else can be replayed by them. */
    private static boolean isForUs(JWTClaimsSet claims, Request request) {
        var issuer = request.issuer();
        var ours = Set.of(issuer.url(), issuer.url() + "/", issuer.at("/token"), issuer.at("/introspect"),
                issuer.at("/revoke"));
        return !claims.getAudience().isEmpty() && ours.containsAll(claims.getAudience());
    }

    private boolean isTimely(JWTClaimsSet claims) {
        var now = clock.instant();
        var expires = claims.getExpirationTime();
        if (expires == null) {
            return false;
        }
        var ends = expires.toInstant();
        return now.isBefore(ends.plus(SKEW))
                && !ends.isAfter(now.plus(LIFETIME_MAX))
                && isNotAhead(claims.getNotBeforeTime(), now)
                && isNotAhead(claims.getIssueTime(), now);
    }

    private static boolean isNotAhead(java.util.Date date, Instant now) {
        return date == null || !date.toInstant().isAfter(now.plus(SKEW));
    }

    private boolean isSigned(SignedJWT jwt, Client client, Deadline deadline) {
        return isSignedBy(jwt, keys.of(client, deadline)) || isSignedBy(jwt, keys.refreshed(client, deadline));
    }

    private static boolean isSignedBy(SignedJWT jwt, JWKSet keys) {
        var candidates = new JWKSelector(JWKMatcher.forJWSHeader(jwt.getHeader())).select(keys);
        return candidates.stream().limit(KEYS_TRIED_MAX).anyMatch(key -> verifies(jwt, key));
    }

    private static boolean verifies(SignedJWT jwt, com.nimbusds.jose.jwk.JWK key) {
        try {
            return key instanceof AsymmetricJWK asymmetric
                    && jwt.verify(new DefaultJWSVerifierFactory()
                            .createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey()));
        } catch (JOSEException unusable) {
            return false;
        }
    }

    private boolean isFirstUse(JWTClaimsSet claims, Issuer issuer, Deadline deadline) {
        var jti = claims.getJWTID();
        if (jti == null || jti.isEmpty() || jti.length() > JTI_LENGTH_MAX) {
            return false;
        }
        var until = claims.getExpirationTime().toInstant().plus(SKEW);
        return replays.firstUse("client_assertion", issuer.name() + ' ' + claims.getSubject() + ' ' + jti, until,
                deadline);
    }

}
