package gatehouse.sessions.redis;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;

/** The elements of a body that say who signed in: the first ten, in every kind of record. */
final class AuthenticationBody {

    private AuthenticationBody() {}

    static BodyWriter write(Authentication authentication, BodyWriter body) {
        var upstream = authentication.upstream();
        return body.text(authentication.issuer())
                .text(authentication.user().value())
                .text(authentication.organization().map(OrganizationId::value))
                .text(upstream.map(UpstreamSession::connection).map(ConnectionId::value))
                .text(upstream.map(UpstreamSession::subject))
                .text(upstream.flatMap(UpstreamSession::format))
                .text(upstream.flatMap(UpstreamSession::index))
                .instant(authentication.authTime())
                .text(authentication.acr())
                .texts(authentication.amr());
    }

    static Authentication read(BodyReader body) {
        var issuer = body.text();
        var user = new UserId(body.text());
        var organization = body.optionalText().map(OrganizationId::new);
        var connection = body.optionalText().map(ConnectionId::new);
        var subject = body.optionalText();
        var format = body.optionalText();
        var index = body.optionalText();
        var upstream = connection.map(id -> new UpstreamSession(id, subject.orElse(""), format, index));
        return new Authentication(issuer, user, organization, upstream, body.instant(), body.text(), body.texts());
    }
}
