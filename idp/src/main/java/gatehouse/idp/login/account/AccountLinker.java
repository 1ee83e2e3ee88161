package gatehouse.idp.login.account;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.flow.Proof;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Finds or makes the user that an upstream identity is. The key is (connection, subject). An e-mail address leads to a
 * user in one case only: the organization that owns the address's domain and the account says so through a connection
 * of its own. A new user belongs to the organization that owns their address's domain.
 */
public final class AccountLinker {

    private final TenancyCatalog tenancy;
    private final UserStore users;
    private final Naming naming;
    private final AuditTrail audit;
    private final SecureRandom random;
    private final InstantSource clock;

    public AccountLinker(TenancyCatalog tenancy, UserStore users, AuditTrail audit, SecureRandom random,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.users = users;
        this.naming = new Naming(users, audit);
        this.audit = audit;
        this.random = random;
        this.clock = clock;
    }

    /** What linking came to. */
    public sealed interface Linked {
        /** It is this person. */
        record Known(Proof proof) implements Linked {}

        /** It is nobody who may come in. */
        record Refused(LoginReason reason) implements Linked {}
    }

    /** The person behind {@code identity}. */
    public Linked link(LoginRequest asked, UpstreamIdentity identity, String traceId, Deadline deadline) {
        var issuer = asked.issuer().name();
        var email = identity.email().flatMap(EmailAddress::parse);
        var use = new ConnectionUse.SignIn(email.map(EmailAddress::value));
        var connection = tenancy.connection(issuer, identity.session().connection(), deadline)
                .filter(found -> tenancy.isUsable(found, use, deadline));
        if (connection.isEmpty()) {
            return new Linked.Refused(LoginReason.CONNECTION_UNUSABLE);
        }
        var subject = identity.session().subject();
        if (subject.isBlank() || subject.length() > AccountLink.SUBJECT_LENGTH_MAX
                || isFleeting(identity)) {
            return new Linked.Refused(LoginReason.SUBJECT_UNUSABLE);
        }
        if (email.isEmpty()) {
            return new Linked.Refused(LoginReason.EMAIL_MISSING);
        }
        var home = home(connection.get(), email.get(), deadline);
        if (home.isEmpty()) {
            return new Linked.Refused(LoginReason.EMAIL_OUTSIDE);
        }
        var link = new AccountLink(connection.get().id(), subject);
        var stranger = users.findByLink(issuer, link, deadline).isEmpty();
        var problem = identity.key().filter(_ -> stranger).flatMap(key -> naming.problem(
                connection.get(), link, key, email.get(), new Naming.Call(traceId, deadline)));
        if (problem.isPresent()) {
            return new Linked.Refused(problem.get());
        }
        return user(new Came(connection.get(), home.get(), identity), traceId, deadline)
                .<Linked>map(user -> user.enabled()
                        ? new Linked.Known(proof(asked, identity, home.get(), user))
                        : new Linked.Refused(LoginReason.ACCOUNT_DISABLED))
                .orElseGet(() -> new Linked.Refused(LoginReason.ACCOUNT_MISSING));
    }

    /** Whether the subject is a name that changes with every sign-in. An attribute beside such a name does not. */
    private static boolean isFleeting(UpstreamIdentity identity) {
        return identity.key().filter(key -> key.kind().startsWith("attribute ")).isEmpty()
                && identity.session().format().filter(format -> format.endsWith(":transient")).isPresent();
    }

    /** Somebody who came through a connection of one organization, and is at home in that one or another. */
    private record Came(Connection connection, Organization home, UpstreamIdentity identity) {}

    /**
     * The organization that {@code email} is at home in: the owner of its domain, if the connection serves that one
     * and both let the address come. Never one that did not accept the connection.
     */
    private Optional<Organization> home(Connection connection, EmailAddress email, Deadline deadline) {
        return tenancy.domainOf(connection.issuer(), email.domain(), deadline)
                .map(VerifiedDomain::organization)
                .filter(owner -> tenancy.serves(connection, owner, deadline))
                .filter(owner -> connection.shareOf(owner).map(share -> share.covers(email.domain())).orElse(true))
                .flatMap(owner -> tenancy.organization(connection.issuer(), owner, deadline))
                .filter(Organization::enabled)
                .filter(owner -> owner.policy().allows(email.domain()));
    }

    /** The user; empty if there is none and the organization does not want one made. */
    private Optional<User> user(Came came, String traceId, Deadline deadline) {
        var issuer = came.connection().issuer();
        var link = new AccountLink(came.connection().id(), came.identity().session().subject());
        var known = users.findByLink(issuer, link, deadline);
        // A link is for life, and so is a user's organization: a domain that has moved takes nobody along.
        if (known.isPresent() && !known.get().organization().equals(Optional.of(came.home().id()))) {
            return Optional.empty();
        }
        var mapped = MappedProfile.of(came.identity(), came.home().policy());
        if (known.isEmpty()) {
            var adopted = adopt(came, link, mapped, traceId, deadline);
            if (adopted.isPresent() || !came.home().policy().justInTime()) {
                return adopted;
            }
        }
        var id = known.map(User::id).orElseGet(this::newId);
        var profile = mapped.user(id, issuer, came.home().id(), came.identity(), known);
        // A user who is switched off is not written to, and one who has not changed need not be.
        if (known.isPresent() && (!known.get().enabled() || known.get().equals(profile))) {
            return known;
        }
        var user = users.provision(link, profile, deadline);
        if (known.isEmpty()) {
            came.identity().key().ifPresent(key -> users.links().note(issuer, link, key.kind(), deadline));
            audit.record(AuditEvent.of(AuditAction.USER_PROVISIONED, issuer, traceId)
                    .organization(user.organization()).user(user.id()));
        }
        return Optional.of(user);
    }

    /**
     * A local user of the same organization and address, who was there first. Only the organization's own connection
     * may say that it is the same person: the organization owns the domain, the account and the connection.
     */
    private Optional<User> adopt(Came came, AccountLink link, MappedProfile mapped, String traceId, Deadline deadline) {
        if (!came.connection().organization().equals(came.home().id())) {
            return Optional.empty();
        }
        var issuer = came.connection().issuer();
        var adopted = users.findByEmail(issuer, mapped.email().orElseThrow().value(), deadline)
                .filter(local -> local.enabled() && local.organization().equals(Optional.of(came.home().id())))
                .flatMap(local -> users.adopt(link, mapped.user(
                        local.id(), issuer, came.home().id(), came.identity(), Optional.of(local)), deadline));
        adopted.ifPresent(user -> {
            came.identity().key().ifPresent(key -> users.links().note(issuer, link, key.kind(), deadline));
            audit.record(AuditEvent.of(AuditAction.USER_LINKED, issuer, traceId)
                    .organization(user.organization()).user(user.id())
                    .details(Map.of("connection", came.connection().id().value())));
        });
        return adopted;
    }

    private Proof proof(LoginRequest asked, UpstreamIdentity identity, Organization home, User user) {
        var now = clock.instant();
        var authTime = identity.authTime().filter(said -> said.isBefore(now)).orElse(now);
        var acr = AcrPolicy.reached(AcrPolicy.wanted(asked.acrValues(), home.policy()), identity.acr());
        var authentication = new Authentication(user.issuer(), user.id(), user.organization(),
                Optional.of(identity.session()), authTime, acr, identity.amr());
        return new Proof(authentication, user.email(), identity.notOnOrAfter());
    }

    private UserId newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return new UserId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
