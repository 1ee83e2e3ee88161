package gatehouse.idp.login.step;

import gatehouse.idp.login.LoginError;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.flow.Proof;
import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.OpenedSession;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionLimits;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Turns a proof into a session: a new one, or the same person's old one renewed. Always under a new cookie value, so
 * that nobody who knew the browser before knows it after.
 */
public final class SessionOpener {

    private final SessionStore sessions;
    private final TenancyCatalog tenancy;
    private final BreakGlass breakGlass;
    private final InstantSource clock;

    public SessionOpener(SessionStore sessions, TenancyCatalog tenancy, BreakGlass breakGlass,
            InstantSource clock) {
        this.breakGlass = breakGlass;
        this.sessions = sessions;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Opens or renews.
     *
     * @param same the browser's session if it is the same person's in the same organization. Another person's is left
     *             to itself: its applications may still use it, and no cookie opens it any more
     * @param first whom a new session is opened for; a renewed one keeps its participants
     */
    public OpenedSession open(Proof proof, Optional<Session> same, Participant first, Deadline deadline) {
        var renewable = same.filter(session -> endOf(proof, deadline).map(end -> !end.isBefore(session.expiresAt()))
                .orElse(true));
        return renewable.flatMap(session -> sessions.renew(session.id(), proof.authentication(), deadline))
                .orElseGet(() -> sessions.open(proof.authentication(), limits(proof, deadline), Optional.of(first),
                        deadline));
    }

    /** The stricter of the issuer's and the organization's limits, cut to the life of the session at the identity provider. */
    private SessionLimits limits(Proof proof, Deadline deadline) {
        var issuer = proof.authentication().issuer();
        var limits = tenancy.issuer(issuer, deadline)
                .orElseThrow(() -> new IllegalStateException("issuer " + issuer + " has no settings"))
                .sessions();
        var stricter = proof.authentication().organization()
                .flatMap(id -> tenancy.organization(issuer, id, deadline))
                .map(organization -> organization.policy().stricter(limits))
                .orElse(limits);
        return endOf(proof, deadline).map(end -> cut(stricter, end)).orElse(stricter);
    }

    /** When what the proof rests on ends: the session at the identity provider, or an activation. */
    private Optional<Instant> endOf(Proof proof, Deadline deadline) {
        return proof.notOnOrAfter().or(() -> breakGlass.endOf(proof.authentication(), deadline));
    }

    private SessionLimits cut(SessionLimits limits, Instant end) {
        var left = Duration.between(clock.instant(), end);
        if (!left.isPositive()) {
            throw LoginError.of(LoginReason.UPSTREAM_SESSION_OVER, Optional.empty());
        }
        var absolute = left.compareTo(limits.absolute()) < 0 ? left : limits.absolute();
        var idle = limits.idle().compareTo(absolute) < 0 ? limits.idle() : absolute;
        return new SessionLimits(idle, absolute, limits.maxPerUser());
    }
}
