package gatehouse.idp.oauth.gate;

import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.sessions.AccessTokenStore;
import gatehouse.sessions.SessionId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.Optional;

/**
 * Judges access tokens of ours: the signature by a remembered verdict, the standing of token, family and session by one
 * round trip, client and organization by the catalogs.
 */
public final class TokenJudge {

    /** The {@code typ} of an access token (RFC 9068 §2.1). */
    public static final String TYPE = "at+jwt";

    /** The claim that names the connection through which a token's person came, if they came through one. */
    public static final String CONNECTION = "idp";

    private final JwtVerifier verifier;
    private final AccessTokenStore standing;
    private final Gate gate;

    public TokenJudge(JwtVerifier verifier, AccessTokenStore standing, Gate gate) {
        this.verifier = verifier;
        this.standing = standing;
        this.gate = gate;
    }

    /** The claims of {@code compact} if it is an access token of {@code issuer} that is good now. */
    public Optional<VerifiedJwt> judge(Issuer issuer, String compact, Deadline deadline) {
        return verify(issuer, compact)
                .filter(token -> isUsable(issuer, token, deadline))
                .filter(token -> stands(token, deadline))
                .filter(token -> isOfUsableUser(issuer, token, deadline));
    }

    /** As {@link #judge}, without asking whether it has been revoked or may still be used. */
    public Optional<VerifiedJwt> verify(Issuer issuer, String compact) {
        return verifier.verify(issuer.name(), TYPE, compact);
    }

    /** The session named by {@code token}, if any. */
    public static Optional<SessionId> session(VerifiedJwt token) {
        return token.text("sid").map(SessionId::new);
    }

    private boolean isUsable(Issuer issuer, VerifiedJwt token, Deadline deadline) {
        return token.text("client_id")
                        .flatMap(id -> gate.find(issuer, id, deadline))
                        .filter(client -> gate.isUsable(client, deadline))
                        .isPresent()
                && token.text("org_id")
                        .map(id -> gate.isUsable(issuer.name(), new OrganizationId(id), deadline))
                        .orElse(true)
                && token.text(CONNECTION)
                        .map(ConnectionId::new)
                        .map(id -> gate.isUsable(issuer.name(), id, new ConnectionUse.Ongoing(), deadline)
                                && gate.serves(issuer.name(), id, token.text("org_id").map(OrganizationId::new),
                                        deadline))
                        .orElse(true);
    }

    /** A session ends with its user; a token of a person without one, only the directory can judge. */
    private boolean isOfUsableUser(Issuer issuer, VerifiedJwt token, Deadline deadline) {
        var personal = !token.text("sub").equals(token.text("client_id"));
        return !personal || session(token).isPresent()
                || token.text("sub").filter(user -> gate.isUsable(issuer.name(), new UserId(user), deadline)).isPresent();
    }

    private boolean stands(VerifiedJwt token, Deadline deadline) {
        return token.text("jti")
                .map(jti -> standing.stands(jti, session(token), TokenId.family(jti), deadline))
                .orElse(false);
    }
}
