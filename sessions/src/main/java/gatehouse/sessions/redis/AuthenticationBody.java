package gatehouse.sessions.redis;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;

/** The fields of a body that say who signed in; the same in every kind of record. Other fields start at 11. */
final class AuthenticationBody {

    private static final int ISSUER = 1;
    private static final int USER = 2;
    private static final int ORGANIZATION = 3;
    private static final int CONNECTION = 4;
    private static final int SUBJECT = 5;
    private static final int FORMAT = 6;
    private static final int INDEX = 7;
    private static final int AUTH_TIME = 8;
    private static final int ACR = 9;
    private static final int AMR = 10;

    private AuthenticationBody() {}

    static BodyWriter write(Authentication authentication, BodyWriter body) {
        body.text(ISSUER, authentication.issuer())
                .text(USER, authentication.user().value())
                .text(ORGANIZATION, authentication.organization().map(OrganizationId::value));
        authentication.upstream().ifPresent(upstream -> body.text(CONNECTION, upstream.connection().value())
                .text(SUBJECT, upstream.subject())
                .text(FORMAT, upstream.format())
                .text(INDEX, upstream.index()));
        return body.instant(AUTH_TIME, authentication.authTime())
                .text(ACR, authentication.acr())
                .texts(AMR, authentication.amr());
    }

    static Authentication read(BodyReader body) {
        return new Authentication(
                body.text(ISSUER),
                new UserId(body.text(USER)),
                body.optionalText(ORGANIZATION).map(OrganizationId::new),
                body.optionalText(CONNECTION)
                        .map(connection -> new UpstreamSession(
                                new ConnectionId(connection),
                                body.text(SUBJECT),
                                body.optionalText(FORMAT),
                                body.optionalText(INDEX))),
                body.instant(AUTH_TIME),
                body.text(ACR),
                body.texts(AMR));
    }
}
