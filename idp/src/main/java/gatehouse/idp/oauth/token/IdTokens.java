package gatehouse.idp.oauth.token;

import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.oauth.claims.UserClaims;
import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.Sha256;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;

/** Makes ID tokens (OpenID Connect Core §2): who signed in to whom, when and how. */
public final class IdTokens {

    /** The {@code typ} of an ID token: no access token has it. */
    public static final String TYPE = "JWT";

    private final JwtSigner signer;
    private final InstantSource clock;

    public IdTokens(JwtSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** The ID token for {@code person}, bound to {@code accessToken} by {@code at_hash}. */
    public String issue(TokenCall call, Authorization.OfUser person, String accessToken) {
        var now = clock.instant().getEpochSecond();
        var clientId = call.client().clientId().value();
        var authentication = person.authentication();
        var claims = new JsonBytes()
                .field("iss", call.issuer().url())
                .field("sub", authentication.user().value())
                .field("aud", clientId)
                .field("azp", clientId)
                .field("iat", now)
                .field("exp", now + call.settings().idTokenLifetime().toSeconds())
                .field("auth_time", authentication.authTime().getEpochSecond())
                .field("acr", authentication.acr())
                .field("at_hash", hash(accessToken));
        if (!authentication.amr().isEmpty()) {
            claims.field("amr", authentication.amr());
        }
        person.nonce().ifPresent(nonce -> claims.field("nonce", nonce));
        person.idTokenSession().ifPresent(session -> claims.field("sid", session.value()));
        authentication.organization().ifPresent(organization -> claims.field("org_id", organization.value()));
        UserClaims.add(claims, person.user(), person.scopes());
        return signer.sign(call.issuer().name(), call.client().idTokenSignedResponseAlg(), TYPE, claims.toBytes());
    }

    /** OpenID Connect Core §3.1.3.6; every algorithm we sign with uses SHA-256. */
    private static String hash(String accessToken) {
        var digest = Sha256.of(accessToken);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
    }
}
