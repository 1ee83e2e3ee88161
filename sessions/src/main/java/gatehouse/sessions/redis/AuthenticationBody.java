package gatehouse.sessions.redis;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.Optional;

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

    /**
     * Writes the upstream's name for the user: the last elements of a record. An empty value stands for the subject.
     */
    static BodyWriter writeName(Authentication authentication, BodyWriter body) {
        var name = authentication.upstream().flatMap(UpstreamSession::name);
        if (name.isEmpty()) {
            return body;
        }
        var subject = authentication.upstream().get().subject();
        return body.text(name.get().value().equals(subject) ? "" : name.get().value())
                .text(name.get().qualifier())
                .text(name.get().spQualifier());
    }

    /** {@code authentication} with the name that {@link #writeName} wrote. */
    static Authentication readName(Authentication authentication, BodyReader body) {
        var value = body.optionalText();
        if (value.isEmpty() || authentication.upstream().isEmpty()) {
            return authentication;
        }
        var came = authentication.upstream().get();
        var name = new UpstreamSession.Name(
                value.get().isEmpty() ? came.subject() : value.get(), body.optionalText(), body.optionalText());
        return new Authentication(authentication.issuer(), authentication.user(), authentication.organization(),
                Optional.of(new UpstreamSession(
                        came.connection(), came.subject(), came.format(), came.index(), Optional.of(name))),
                authentication.authTime(), authentication.acr(), authentication.amr());
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
