package gatehouse.idp.oauth.token;

import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.oauth.claims.UserClaims;
import gatehouse.idp.oauth.gate.RandomIds;
import gatehouse.idp.oauth.gate.TokenId;
import gatehouse.idp.oauth.gate.TokenJudge;
import gatehouse.idp.oauth.wire.JsonBytes;
import java.time.InstantSource;
import java.util.List;

/** Makes access tokens: JWTs of RFC 9068, with {@code org_id}, {@code idp} and {@code sid}. */
public final class AccessTokens {

    private final JwtSigner signer;
    private final RandomIds ids;
    private final InstantSource clock;

    public AccessTokens(JwtSigner signer, RandomIds ids, InstantSource clock) {
        this.signer = signer;
        this.ids = ids;
        this.clock = clock;
    }

    /** The access token that {@code granted} allows. */
    public String issue(TokenCall call, Authorization granted) {
        var now = clock.instant().getEpochSecond();
        var client = call.client();
        var claims = new JsonBytes()
                .field("iss", call.issuer().url())
                .audience(client.audience().isEmpty() ? List.of(call.issuer().url()) : client.audience())
                .field("client_id", client.clientId().value())
                .field("iat", now)
                .field("exp", now + call.accessTokenLifetime().toSeconds())
                .field("scope", String.join(" ", granted.scopes()));
        switch (granted) {
            case Authorization.OfClient _ -> {
                claims.field("sub", client.clientId().value()).field("jti", ids.next());
                client.organization().ifPresent(organization -> claims.field("org_id", organization.value()));
            }
            case Authorization.OfUser person -> addPerson(claims, person);
        }
        return signer.sign(call.issuer().name(), client.accessTokenSignedResponseAlg(), TokenJudge.TYPE,
                claims.toBytes());
    }

    private void addPerson(JsonBytes claims, Authorization.OfUser person) {
        var authentication = person.authentication();
        claims.field("sub", authentication.user().value())
                .field("jti", TokenId.of(person.family(), ids.next()))
                .field("auth_time", authentication.authTime().getEpochSecond())
                .field("acr", authentication.acr());
        if (!authentication.amr().isEmpty()) {
            claims.field("amr", authentication.amr());
        }
        authentication.organization().ifPresent(organization -> claims.field("org_id", organization.value()));
        authentication.upstream().ifPresent(came -> claims.field(TokenJudge.CONNECTION, came.connection().value()));
        UserClaims.addRoles(claims, person.user(), person.scopes());
        person.session().ifPresent(session -> claims.field("sid", session.value()));
    }
}
