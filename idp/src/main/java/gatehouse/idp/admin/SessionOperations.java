package gatehouse.idp.admin;

import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.Views.SessionView;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sessions: list those of a user or an organization, end one, end all of a user, end all of an organization.
 *
 * <p>An organization's sessions are found by who signed in to it lately; whether one is alive only the session store
 * knows, so a page may hold fewer than were asked for, and a next page all the same.
 */
final class SessionOperations {

    /** A session that began longer ago has ended, whatever the issuer's settings are. */
    private static final Duration OLDEST = Duration.ofDays(90);
    private static final String REASON = "admin";

    private final SessionStore sessions;
    private final Kinds kinds;
    private final Database database;
    private final SqlAudit audit;
    private final Paging paging;
    private final InstantSource clock;

    SessionOperations(
            SessionStore sessions, Kinds kinds, Database database, SqlAudit audit, Paging paging, InstantSource clock) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.database = database;
        this.audit = audit;
        this.paging = paging;
        this.clock = clock;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/sessions", "list_sessions", "sessions",
                        "Lists the live sessions of a user or of an organization, newest first. Name one of the two.",
                        Need.READ, "session_page", this::list).with(Operation.LIMIT, Operation.PAGE_TOKEN,
                        new Operation.Parameter("user", "string", "Of this user."),
                        new Operation.Parameter("organization", "string", "Of this organization.")),
                Operation.get("/sessions/{id}", "read_session", "sessions", "Reads a live session.", Need.READ,
                        "session",
                        this::read),
                Operation.act("DELETE", "/sessions/{id}", "end_session", "sessions", "Ends a session.", Need.CHANGE,
                        this::end),
                Operation.act("DELETE", "/users/{id}/sessions", "end_sessions_of_user", "sessions",
                        "Ends every session of a user.", Need.CHANGE, this::endAllOfUser),
                Operation.act("DELETE", "/organizations/{id}/sessions", "end_sessions_of_organization", "sessions",
                        "Ends every session of an organization.", Need.CHANGE, this::endAllOfOrganization));
    }

    private Reply list(AdminCall call) {
        var query = call.request().query();
        var user = query.nonEmpty("user");
        var organization = query.nonEmpty("organization").map(ResourceOperations::organization);
        if (user.isPresent() == organization.isPresent()) {
            throw ProblemError.invalidRequest("Name either user or organization.");
        }
        return user.isPresent() ? ofUser(call, user.get()) : ofOrganization(call, organization.orElseThrow());
    }

    private Reply ofUser(AdminCall call, String user) {
        requireUser(call, user);
        var mine = sessions.ofUser(call.issuer(), new UserId(user), call.deadline()).stream()
                .limit(Paging.limit(call))
                .toList();
        return ResourceOperations.json(200, paging.page(call, mine,
                session -> RecordJson.write(SessionView.of(session)), session -> session.id().value()));
    }

    private Reply ofOrganization(AdminCall call, OrganizationId organization) {
        requireOrganization(call, organization.value());
        int limit = Paging.limit(call);
        var before = paging.after(call).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
        var since = clock.instant().minus(OLDEST);
        var logins = database.read(call.deadline(), sql ->
                audit.logins(sql, call.issuer(), organization, since, before, limit + 1));
        var page = paging.page(call, logins, _ -> RecordJson.MAPPER.createObjectNode(), row -> Long.toString(row.id()));
        var ids = new LinkedHashSet<String>();
        logins.stream().limit(limit).forEach(login -> ids.add(login.session()));
        var items = page.putArray("items");
        for (var id : ids) {
            live(call, id)
                    .filter(session -> session.authentication().organization().equals(Optional.of(organization)))
                    .ifPresent(session -> items.add(RecordJson.write(SessionView.of(session))));
        }
        return ResourceOperations.json(200, page);
    }

    /** The live session, if it is one of the caller's to see. */
    private Optional<Session> live(AdminCall call, String id) {
        if (!SessionId.isWellFormed(id)) {
            return Optional.empty();
        }
        return sessions.findById(new SessionId(id), call.deadline())
                .filter(session -> session.authentication().issuer().equals(call.issuer()))
                .filter(session -> isVisible(call.admin(), session));
    }

    private static boolean isVisible(Admin admin, Session session) {
        return admin.organization().isEmpty() || admin.organization().equals(session.authentication().organization());
    }

    private Reply read(AdminCall call) {
        var session = live(call, call.request().pathParameter("id")).orElseThrow(ProblemError::notFound);
        return ResourceOperations.json(200, RecordJson.write(SessionView.of(session)));
    }

    private Reply end(AdminCall call) {
        var session = live(call, call.request().pathParameter("id")).orElseThrow(ProblemError::notFound);
        var ended = sessions.end(session.id(), REASON, call.deadline());
        ended.ifPresent(gone -> record(call, List.of(gone), Map.of("kind", "session")));
        return Reply.empty(204);
    }

    private Reply endAllOfUser(AdminCall call) {
        var user = call.request().pathParameter("id");
        requireUser(call, user);
        var ended = sessions.endAllOfUser(call.issuer(), new UserId(user), REASON, call.deadline());
        record(call, ended, Map.of("kind", "sessions_of_user", "id", user));
        return Reply.empty(204);
    }

    private Reply endAllOfOrganization(AdminCall call) {
        var organization = call.request().pathParameter("id");
        requireOrganization(call, organization);
        sessions.endAllOfOrganization(new OrganizationId(organization), call.deadline());
        var event = event(call, Map.of("kind", "sessions_of_organization", "id", organization))
                .organization(Optional.of(new OrganizationId(organization)));
        write(call, List.of(event));
        return Reply.empty(204);
    }

    private void requireUser(AdminCall call, String user) {
        database.read(call.deadline(), sql -> kinds.users().rows().find(sql, call.scope(), user))
                .orElseThrow(ProblemError::notFound);
    }

    private void requireOrganization(AdminCall call, String organization) {
        database.read(call.deadline(), sql -> kinds.organizations().rows().find(sql, call.scope(), organization))
                .orElseThrow(ProblemError::notFound);
    }

    private void record(AdminCall call, List<Session> ended, Map<String, String> details) {
        var events = new ArrayList<AuditEvent>();
        for (var session : ended) {
            events.add(event(call, details).organization(session.authentication().organization())
                    .user(session.authentication().user()).session(session.id().value()));
        }
        if (!events.isEmpty()) {
            write(call, events);
        }
    }

    private static AuditEvent event(AdminCall call, Map<String, String> details) {
        return AuditEvent.of(AuditAction.SESSION_ENDED, call.issuer(), call.request().traceId())
                .address(call.request().clientAddress())
                .details(details);
    }

    private void write(AdminCall call, List<AuditEvent> events) {
        var actor = Optional.of(call.admin().name());
        audit.write(events.stream().map(event -> new AuditRecord(0, clock.instant(), actor, event)).toList(),
                call.deadline());
    }
}
