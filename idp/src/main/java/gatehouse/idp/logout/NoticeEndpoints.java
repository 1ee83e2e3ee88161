package gatehouse.idp.logout;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.LogoutNotices;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.sessions.UpstreamReference;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where identity providers say that sessions are over and wait for nothing more: from server to server, and by a page
 * in a frame. Participants of the sessions that can be told without a browser are told at once.
 */
final class NoticeEndpoints {

    private static final byte[] SIGNED_OUT =
            "<!DOCTYPE html><html lang=\"en\"><title>Signed out</title></html>\n".getBytes(StandardCharsets.UTF_8);

    private final TenancyCatalog tenancy;
    private final Connectors connectors;
    private final UpstreamSessions sessions;
    private final SingleLogout logouts;
    private final AuditTrail audit;

    NoticeEndpoints(TenancyCatalog tenancy, Connectors connectors, UpstreamSessions sessions, SingleLogout logouts,
            AuditTrail audit) {
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.sessions = sessions;
        this.logouts = logouts;
        this.audit = audit;
    }

    /** {@code POST /logout/backchannel/{connection}} (OpenID Connect Back-Channel Logout §2.5, §2.8). */
    Reply posted(Request request, Deadline deadline) {
        try {
            end(notices(request, deadline).posted(request, deadline), request, deadline);
        } catch (UpstreamRefusal | OutboundRefused refused) {
            throw refused(refused, request);
        }
        return Reply.empty(200).noStore();
    }

    /**
     * {@code GET /logout/frontchannel/{connection}} (OpenID Connect Front-Channel Logout §3): the one page that
     * somebody else may show in a frame, with nothing in it to click.
     */
    Reply framed(Request request, Deadline deadline) {
        try {
            var notice = notices(request, deadline).framed(request, deadline);
            end(notice.sessions(), request, deadline);
            return Reply.html(200, SIGNED_OUT).noStore().with("Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; frame-ancestors " + String.join(" ", notice.framers()));
        } catch (UpstreamRefusal | OutboundRefused refused) {
            throw refused(refused, request);
        }
    }

    private LogoutNotices notices(Request request, Deadline deadline) {
        return Optional.of(request.pathParameter("connection"))
                .filter(text -> text.matches("[A-Za-z0-9_.~-]{1,64}"))
                .flatMap(text -> tenancy.connection(request.issuer().name(), new ConnectionId(text), deadline))
                .filter(found -> tenancy.isUsable(found, new ConnectionUse.Ongoing(), deadline))
                .flatMap(found -> connectors.open(found).notices())
                .orElseThrow(() -> new LogoutError(LogoutReason.CONNECTION_UNKNOWN));
    }

    private void end(UpstreamReference reference, Request request, Deadline deadline) {
        var ended = sessions.end(List.of(reference), request, deadline);
        if (!ended.isEmpty()) {
            var provider = new LogoutAsked.Party(UpstreamFarewells.KIND, reference.connection().value());
            logouts.tellServers(new LogoutAsked(ended, Optional.of(provider), "", Map.of()), request, deadline);
        }
    }

    private LogoutError refused(Refusal why, Request request) {
        audit.record(AuditEvent.of(AuditAction.LOGOUT_REFUSED, request.issuer().name(), request.traceId())
                .address(request.clientAddress()).reason(why.reason()));
        return LogoutError.of(why);
    }
}
