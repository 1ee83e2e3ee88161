package gatehouse.idp.portal;

import gatehouse.idp.admin.resource.RandomNames;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.SqlSetupLinks;
import gatehouse.idp.tenancy.PortalSession;
import gatehouse.idp.tenancy.SetupLink;
import gatehouse.idp.tenancy.SetupLink.Standing;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /setup/{token}}: where a setup link leads. Looking at it changes nothing; its button spends it for a session.
 * A link that is of no use any more says why, whom to ask, and passes the question on.
 */
final class LinkEndpoint {

    private final SqlSetupLinks links;
    private final Database database;
    private final SqlAudit audit;
    private final PortalAccess access;
    private final Desk desk;
    private final SecureRandom random;
    private final InstantSource clock;
    private final RandomNames names = new RandomNames();

    LinkEndpoint(PortalParts parts, PortalAccess access, Desk desk) {
        this.links = parts.links();
        this.database = parts.database();
        this.audit = parts.audit();
        this.access = access;
        this.desk = desk;
        this.random = parts.random();
        this.clock = parts.clock();
    }

    Reply show(Request request, Deadline deadline) {
        return shown(link(request, deadline), request, deadline);
    }

    /** Spends the link. Of any number of presses, one gets a session; that browser's second press goes on, too. */
    Reply exchange(Request request, Deadline deadline) {
        var token = request.pathParameter("token");
        var link = link(request, deadline);
        var session = newToken();
        var now = clock.instant();
        var opened = database.inTransaction(deadline, transaction -> {
            var exchanged = links.exchange(transaction, request.issuer().name(), token, session, now,
                    now.plus(PortalAccess.SESSION));
            exchanged.ifPresent(made -> audit.write(transaction, new AuditRecord(0, now,
                    Optional.of("portal:" + made.link().contact()),
                    AuditEvent.of(AuditAction.ADMIN_CHANGED, request.issuer().name(), request.traceId())
                            .organization(Optional.of(made.link().organization()))
                            .address(request.clientAddress())
                            .details(Map.of("kind", "setup-link", "id", made.link().id(), "fields", "used_at")))));
            return exchanged;
        });
        if (opened.isEmpty()) {
            return shown(link(request, deadline), request, deadline);
        }
        return Reply.seeOther(first(request, link)).with(access.keeping(session, request.issuer()));
    }

    private static String first(Request request, SetupLink link) {
        var step = link.step().flatMap(Step::of);
        if (link.connection().isPresent() && step.isPresent()) {
            return PortalPaths.step(request.issuer(), link.connection().get(), step.get());
        }
        return PortalPaths.base(request.issuer());
    }

    /** Notes that its bearer wants a new one; the operator sees it in the list of links. */
    Reply askAgain(Request request, Deadline deadline) {
        var link = link(request, deadline);
        if (link.standing(clock.instant()) != Standing.OPEN) {
            links.wantAgain(request.issuer().name(), request.pathParameter("token"), clock.instant(), deadline);
        }
        return Reply.seeOther(self(request));
    }

    private SetupLink link(Request request, Deadline deadline) {
        var token = request.pathParameter("token");
        if (!token.matches("[A-Za-z0-9_-]{43}")) {
            throw new PortalRefusal(PortalRefusal.Reason.LINK_UNKNOWN);
        }
        return links.find(request.issuer().name(), token, deadline)
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.LINK_UNKNOWN));
    }

    private Reply shown(SetupLink link, Request request, Deadline deadline) {
        var standing = link.standing(clock.instant());
        if (standing == Standing.OPEN) {
            return desk.outside(200, new Screen.Entry(self(request), URI.create(request.issuer().url()).getAuthority(),
                    link.inviter(), link.contact(), link.intent().wireName(), Desk.when(link.expiresAt())), request);
        }
        var since = switch (standing) {
            case USED -> link.usedAt().orElseThrow();
            case REVOKED -> link.revokedAt().orElseThrow();
            case EXPIRED, OPEN -> link.expiresAt();
        };
        var goOn = own(link, request, deadline).map(_ -> PortalPaths.base(request.issuer()));
        return desk.outside(410, new Screen.LinkGone(standing.name().toLowerCase(Locale.ROOT), link.inviter(),
                Desk.when(since), self(request) + "/ask", link.wantedAgainAt().isPresent(), goOn), request);
    }

    /** The session of this browser, if it came from {@code link}. */
    private Optional<PortalSession> own(SetupLink link, Request request, Deadline deadline) {
        return access.token(request)
                .flatMap(token -> links.session(request.issuer().name(), token, clock.instant(), deadline))
                .filter(session -> session.link().id().equals(link.id()));
    }

    private static String self(Request request) {
        return URI.create(request.issuer().url()).getRawPath() + "/setup/" + request.pathParameter("token");
    }

    /** A link for a colleague: for {@code step} of {@code connection}, or the organization's setup as a whole. */
    record Handing(SetupLink link, String url) {}

    /** Makes a link for {@code contact}, with no more than the session itself may. */
    Handing handOn(PortalCall call, String contact, Optional<ConnectionId> connection, Optional<Step> step) {
        var from = call.session().link();
        var now = clock.instant();
        var link = new SetupLink(names.id(),
                call.issuer(), from.organization(), from.intent(), from.connection().or(() -> connection),
                step.map(Step::slug), contact, from.contact(), now, now.plus(PortalAccess.SESSION), Optional.empty(),
                Optional.empty(), Optional.empty());
        var token = newToken();
        database.inTransaction(call.deadline(), transaction -> {
            links.issue(transaction, link, token);
            audit.write(transaction, new AuditRecord(0, now, Optional.of(call.editing().admin().name()),
                    AuditEvent.of(AuditAction.ADMIN_CREATED, call.issuer(), call.request().traceId())
                            .organization(Optional.of(call.organization()))
                            .address(call.request().clientAddress())
                            .details(Map.of("kind", "setup-link", "id", link.id(), "contact", contact))));
            return link;
        });
        return new Handing(link, call.request().issuer().at("/setup/" + token));
    }

    private String newToken() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
