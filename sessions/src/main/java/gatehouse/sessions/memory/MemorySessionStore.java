package gatehouse.sessions.memory;

import static java.util.Comparator.comparing;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.SessionStore;
import gatehouse.sessions.SessionsConfig;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.memory.Memory.Expiring;
import gatehouse.sessions.memory.Memory.KeptSession;
import gatehouse.sessions.secret.CookieValue;
import gatehouse.sessions.secret.KeyedHash;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions in memory. */
final class MemorySessionStore implements SessionStore {

    private static final Duration BETWEEN_TOUCHES = Duration.ofMinutes(1);

    private static final int AUTHENTICATION_LENGTH_MAX = 16 * 1024;

    private final Memory memory;
    private final KeyedHash names;
    private final Duration longestLife;

    MemorySessionStore(Memory memory, KeyedHash names, SessionsConfig config) {
        this.memory = memory;
        this.names = names;
        this.longestLife = config.longestLife();
    }

    @Override
    public OpenedSession open(
            Authentication authentication, SessionLimits limits, Optional<Participant> first, Deadline deadline) {
        if (authentication.toString().length() > AUTHENTICATION_LENGTH_MAX) {
            throw new IllegalArgumentException("an identity of this size is more than is kept");
        }
        return memory.atomically(deadline, () -> {
            var bounded = limits.endingWithin(longestLife);
            var user = authentication.user();
            var shard = names.of("user", authentication.issuer(), user.value())[31] & 0xff;
            var id = new SessionId(memory.random().shardedId(shard));
            var cookie = CookieValue.fresh(id, memory.random());
            var now = memory.now();
            var ends = now.plusSeconds(bounded.absolute().toSeconds());
            var session = new Session(id, authentication, first.stream().toList(), now, now, ends, 0);
            var others = liveOf(authentication.issuer(), user);
            others.stream()
                    .skip(bounded.maxPerUser() - 1)
                    .forEach(oldest -> memory.sessions.remove(oldest.id()));
            keep(session, cookie.hash(), Duration.ofSeconds(bounded.idle().toSeconds()));
            return new OpenedSession(session, cookie.text());
        });
    }

    @Override
    public Optional<Session> find(String cookieValue, Deadline deadline) {
        return CookieValue.parse(cookieValue).flatMap(cookie -> memory.atomically(deadline, () -> {
            var kept = live(cookie.session());
            if (kept.isEmpty() || !MessageDigest.isEqual(kept.get().secretHash(), cookie.hash())) {
                return Optional.<Session>empty();
            }
            touchIfStale(kept.get());
            return kept.map(KeptSession::session);
        }));
    }

    private void touchIfStale(KeptSession kept) {
        var now = memory.now();
        var quarter = kept.idle().dividedBy(4);
        var step = quarter.compareTo(BETWEEN_TOUCHES) < 0 ? quarter : BETWEEN_TOUCHES;
        var s = kept.session();
        if (!s.lastSeenAt().plus(step).isAfter(now)) {
            keep(with(s, s.authentication(), s.participants(), now, s.generation()), kept.secretHash(), kept.idle());
        }
    }

    @Override
    public Optional<Session> findById(SessionId id, Deadline deadline) {
        return memory.atomically(deadline, () -> live(id).map(KeptSession::session));
    }

    @Override
    public Optional<OpenedSession> renew(SessionId id, Authentication authentication, Deadline deadline) {
        return memory.atomically(deadline, () -> live(id)
                .filter(kept -> isOf(kept.session(), authentication.issuer(), authentication.user()))
                .map(kept -> {
                    var before = kept.session();
                    var cookie = CookieValue.fresh(id, memory.random());
                    var renewed = with(
                            before, authentication, before.participants(), memory.now(), before.generation() + 1);
                    keep(renewed, cookie.hash(), kept.idle());
                    return new OpenedSession(renewed, cookie.text());
                }));
    }

    @Override
    public boolean join(SessionId id, Participant participant, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var live = live(id);
            live.filter(kept -> !kept.session().hasParticipant(participant.kind(), participant.id()))
                    .ifPresent(kept -> {
                        var before = kept.session();
                        var participants = new ArrayList<>(before.participants());
                        if (participants.size() == Session.PARTICIPANTS_MAX) {
                            participants.removeFirst();
                        }
                        participants.add(participant);
                        var generation = before.generation() + 1;
                        var joined =
                                with(before, before.authentication(), participants, before.lastSeenAt(), generation);
                        var ends = memory.sessions.get(id).ends();
                        memory.sessions.put(
                                id, new Expiring<>(new KeptSession(joined, kept.secretHash(), kept.idle()), ends));
                    });
            return live.isPresent();
        });
    }

    @Override
    public Optional<Session> end(SessionId id, String reason, Deadline deadline) {
        return memory.atomically(deadline, () -> remove(id));
    }

    @Override
    public List<Session> ofUser(String issuer, UserId user, Deadline deadline) {
        return memory.atomically(deadline, () -> liveOf(issuer, user));
    }

    @Override
    public List<Session> ofUpstream(UpstreamReference reference, Optional<UserId> linked, Deadline deadline) {
        return memory.atomically(deadline, () -> memory.sessions.keySet().stream()
                .flatMap(id -> live(id).stream())
                .map(KeptSession::session)
                .filter(session -> reference.means(session.authentication()))
                .filter(session -> linked.equals(Optional.of(session.authentication().user()))
                        || isKeptApart(session, reference))
                .sorted(comparing(Session::createdAt).reversed())
                .toList());
    }

    @Override
    public List<Session> endAllOfUser(String issuer, UserId user, String reason, Deadline deadline) {
        return memory.atomically(deadline, () -> {
            var ended = liveOf(issuer, user);
            ended.forEach(session -> memory.sessions.remove(session.id()));
            return ended;
        });
    }

    @Override
    public void endAllOfOrganization(OrganizationId organization, Deadline deadline) {
        memory.atomically(deadline, () -> memory.cutOffs.put(organization, memory.now()));
    }

    private static boolean isKeptApart(Session session, UpstreamReference reference) {
        return session.authentication().upstream()
                .filter(came -> reference.name().isPresent() && came.isNamedApart()
                        || reference.index().isPresent() && came.isNamedByIndexAlone())
                .isPresent();
    }

    /** The live session {@code id}. To be called in an atomic step. */
    Optional<KeptSession> live(SessionId id) {
        return memory.live(memory.sessions, id)
                .filter(kept -> !isCut(kept.session().authentication(), kept.session().createdAt()));
    }

    /** Ends a session. To be called in an atomic step. */
    Optional<Session> remove(SessionId id) {
        var live = live(id).map(KeptSession::session);
        memory.sessions.remove(id);
        return live;
    }

    /** Whether what was opened then has been ended with all of its organization. To be called in an atomic step. */
    boolean isCut(Authentication authentication, Instant opened) {
        return authentication.organization()
                .map(memory.cutOffs::get)
                .map(cut -> !opened.isAfter(cut))
                .orElse(false);
    }

    private List<Session> liveOf(String issuer, UserId user) {
        return memory.sessions.keySet().stream()
                .flatMap(id -> live(id).stream())
                .map(KeptSession::session)
                .filter(session -> isOf(session, issuer, user))
                .sorted(comparing(Session::createdAt).reversed())
                .toList();
    }

    private static boolean isOf(Session session, String issuer, UserId user) {
        var who = session.authentication();
        return who.issuer().equals(issuer) && who.user().equals(user);
    }

    private void keep(Session session, byte[] secretHash, Duration idle) {
        var idleEnd = session.lastSeenAt().plus(idle);
        var ends = idleEnd.isBefore(session.expiresAt()) ? idleEnd : session.expiresAt();
        memory.sessions.put(session.id(), new Expiring<>(new KeptSession(session, secretHash, idle), ends));
    }

    private static Session with(
            Session s, Authentication authentication, List<Participant> participants, Instant seen, int generation) {
        return new Session(s.id(), authentication, participants, s.createdAt(), seen, s.expiresAt(), generation);
    }
}
