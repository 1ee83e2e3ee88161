package gatehouse.idp.admin;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.SessionStore;
import gatehouse.sessions.UpstreamReference;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions in a map: enough of a store for administrators. */
public final class FakeSessions implements SessionStore {

    private final Map<SessionId, Session> live = new ConcurrentHashMap<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    /** Puts a live session there. */
    public Session put(String issuer, String user, Optional<String> organization, String sid) {
        var now = Instant.parse("2026-11-20T10:00:00Z");
        var authentication = new Authentication(issuer, new UserId(user), organization.map(OrganizationId::new),
                Optional.empty(), now, "1", List.of("pwd"));
        var session = new Session(new SessionId(sid), authentication, List.of(), now, now, now.plusSeconds(3600), 1);
        live.put(session.id(), session);
        return session;
    }

    /** What was ended, in order. */
    public List<String> ended() {
        return ended;
    }

    @Override
    public OpenedSession open(
            Authentication authentication, SessionLimits limits, Optional<Participant> first, Deadline deadline) {
        throw new IllegalStateException("administrators open no session");
    }

    @Override
    public Optional<Session> find(String cookieValue, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<Session> findById(SessionId id, Deadline deadline) {
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public Optional<OpenedSession> renew(SessionId id, Authentication authentication, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public boolean join(SessionId id, Participant participant, Deadline deadline) {
        return live.containsKey(id);
    }

    @Override
    public Optional<Session> end(SessionId id, String reason, Deadline deadline) {
        ended.add("session " + id);
        return Optional.ofNullable(live.remove(id));
    }

    @Override
    public List<Session> ofUser(String issuer, UserId user, Deadline deadline) {
        return live.values().stream()
                .filter(session -> session.authentication().issuer().equals(issuer))
                .filter(session -> session.authentication().user().equals(user))
                .toList();
    }

    @Override
    public List<Session> ofUpstream(UpstreamReference reference, Optional<UserId> linked, Deadline deadline) {
        return live.values().stream().filter(session -> reference.means(session.authentication())).toList();
    }

    @Override
    public List<Session> endAllOfUser(String issuer, UserId user, String reason, Deadline deadline) {
        ended.add("user " + user);
        var mine = new ArrayList<>(ofUser(issuer, user, deadline));
        mine.forEach(session -> live.remove(session.id()));
        return mine;
    }

    @Override
    public void endAllOfOrganization(OrganizationId organization, Deadline deadline) {
        ended.add("organization " + organization);
        live.values().removeIf(session -> session.authentication().organization().equals(Optional.of(organization)));
    }
}
