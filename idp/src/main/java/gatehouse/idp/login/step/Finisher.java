package gatehouse.idp.login.step;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.login.account.Consents;
import gatehouse.idp.login.check.Standing;
import gatehouse.idp.login.flow.KeptFlow;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a login that lacks nothing: opens the session, tells it of the application, and leads back to the front door.
 */
public final class Finisher {

    private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);
    /** The application of such a session was never told of it, although it is its first participant. */
    private static final String REPLACED = "login_raced";

    private final SessionStore sessions;
    private final SessionOpener opener;
    private final SessionCookie cookie;
    private final LoginFlows flows;
    private final Consents consents;
    private final BreakGlass breakGlass;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Finisher(SessionStore sessions, SessionOpener opener, SessionCookie cookie, LoginFlows flows,
            Consents consents, BreakGlass breakGlass, AuditTrail audit, InstantSource clock) {
        this.sessions = sessions;
        this.opener = opener;
        this.cookie = cookie;
        this.flows = flows;
        this.consents = consents;
        this.breakGlass = breakGlass;
        this.audit = audit;
        this.clock = clock;
    }

    /** Finishes {@code kept}. If another tab did so meanwhile, the browser looks again. */
    public Reply finish(KeptFlow kept, Standing standing, Request request, Deadline deadline) {
        var flow = kept.flow();
        var opened = flow.proof().map(proof ->
                opener.open(proof, standing.sameSession(), participant(flow.asked()), deadline));
        var session = opened.map(OpenedSession::session).or(standing::session).orElseThrow();
        if (flows.replace(kept.with(flow.finished(session.id())), deadline).isEmpty()) {
            // Whoever was first has given the browser its session; a second would be open and nobody's.
            opened.filter(mine -> standing.sameSession().filter(old -> old.id().equals(mine.session().id())).isEmpty())
                    .ifPresent(mine -> sessions.end(mine.session().id(), REPLACED, deadline));
            return Reply.seeOther(LoginPaths.flow(request.issuer(), kept.id()));
        }
        remember(kept, session, deadline);
        join(session, flow.asked(), deadline);
        audit.record(event(session, flow.asked(), request));
        if (opened.isPresent() && breakGlass.covers(session.authentication(), deadline)) {
            audit.record(event(session, flow.asked(), request).as(AuditAction.BREAKGLASS_USED));
            LOG.warn("Break-glass: {} of organization {} signed in", session.authentication().user(),
                    session.authentication().organization().map(Object::toString).orElse(""));
        }
        var reply = Reply.seeOther(LoginPaths.resume(flow.asked(), kept.id()));
        return opened.map(fresh -> reply.with(cookie.cookie(fresh, request.issuer()))).orElse(reply);
    }

    /**
     * Leads a browser that comes to a finished flow on to the front door. If the answer that brought its cookie was
     * lost (a button pressed twice), the cookie is made anew.
     */
    public Reply finishAgain(KeptFlow kept, Optional<Session> present, Request request, Deadline deadline) {
        var reply = Reply.seeOther(LoginPaths.resume(kept.flow().asked(), kept.id()));
        var result = kept.flow().session();
        if (result.isEmpty() || present.map(Session::id).equals(result) || kept.flow().proof().isEmpty()) {
            return reply;
        }
        return sessions.renew(result.get(), kept.flow().proof().get().authentication(), deadline)
                .map(renewed -> reply.with(cookie.cookie(renewed, request.issuer())))
                .orElse(reply);
    }

    /** The session with {@code asked}'s application among its participants. */
    public Session join(Session session, LoginRequest asked, Deadline deadline) {
        var party = asked.relyingParty();
        if (session.hasParticipant(party.kind(), party.id())) {
            return session;
        }
        var participant = participant(asked);
        if (!sessions.join(session.id(), participant, deadline)) {
            return session;
        }
        var participants = new ArrayList<>(session.participants());
        participants.add(participant);
        return new Session(session.id(), session.authentication(), participants, session.createdAt(),
                session.lastSeenAt(),
                session.expiresAt(), session.generation());
    }

    private Participant participant(LoginRequest asked) {
        return new Participant(asked.relyingParty().kind(), asked.relyingParty().id(), clock.instant());
    }

    private void remember(KeptFlow kept, Session session, Deadline deadline) {
        var scopes = kept.flow().asked().consentScopes();
        var lifetime = Duration.between(clock.instant(), session.expiresAt());
        if (kept.flow().consented() && !scopes.isEmpty() && lifetime.isPositive()) {
            consents.remember(session.id(), kept.flow().asked().relyingParty(), scopes, lifetime, deadline);
        }
    }

    private static AuditEvent event(Session session, LoginRequest asked, Request request) {
        var who = session.authentication();
        var event = AuditEvent.of(AuditAction.LOGIN_SUCCEEDED, who.issuer(), request.traceId())
                .organization(who.organization()).user(who.user()).session(session.id().value())
                .address(request.clientAddress())
                .details(who.upstream().map(came -> Map.of("connection", came.connection().value()))
                        .orElseGet(Map::of));
        return asked.relyingParty().kind().equals("oidc") ? event.client(new ClientId(asked.relyingParty().id()))
                : event;
    }

    /** What was granted of what was asked: all of it, or there would be no result. */
    public static List<String> consented(LoginRequest asked) {
        return asked.consentScopes();
    }
}
