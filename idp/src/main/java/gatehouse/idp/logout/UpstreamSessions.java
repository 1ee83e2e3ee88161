package gatehouse.idp.logout;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Request;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionStore;
import gatehouse.sessions.UpstreamReference;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions by what identity providers call them: found and ended, those of one connection and no other. */
public final class UpstreamSessions {

    private static final String REASON = "upstream_logout";

    private final SessionStore sessions;
    private final UserStore users;
    private final AuditTrail audit;

    public UpstreamSessions(SessionStore sessions, UserStore users, AuditTrail audit) {
        this.sessions = sessions;
        this.users = users;
        this.audit = audit;
    }

    /** Ends what {@code references} mean; answers what it ended, each with the participants to tell. */
    public List<Session> end(List<UpstreamReference> references, Request request, Deadline deadline) {
        var ended = new ArrayList<Session>();
        for (var reference : references) {
            for (var session : sessions.ofUpstream(reference, linked(reference, deadline), deadline)) {
                sessions.end(session.id(), REASON, deadline).ifPresent(ended::add);
            }
        }
        ended.forEach(session -> audit.record(event(session, request)));
        return ended;
    }

    private Optional<UserId> linked(UpstreamReference reference, Deadline deadline) {
        return reference.name().filter(name -> name.length() <= AccountLink.SUBJECT_LENGTH_MAX)
                .flatMap(name -> users.findByLink(
                        reference.issuer(), new AccountLink(reference.connection(), name), deadline))
                .map(User::id);
    }

    private static AuditEvent event(Session session, Request request) {
        var who = session.authentication();
        return AuditEvent.of(AuditAction.SESSION_ENDED, who.issuer(), request.traceId())
                .organization(who.organization()).user(who.user()).session(session.id().value())
                .address(request.clientAddress())
                .details(Map.of("kind", REASON, "id", who.upstream().orElseThrow().connection().value()));
    }
}
