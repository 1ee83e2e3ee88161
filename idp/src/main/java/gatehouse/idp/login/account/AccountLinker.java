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
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds or makes the user that an upstream identity is. The key is (connection, subject) and nothing else: an e-mail
 * address never leads to a user. A new user belongs to the connection's organization.
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
        var inside = tenancy.domainOf(issuer, email.get().domain(), deadline)
                .filter(domain -> domain.organization().equals(connection.get().organization()))
                .isPresent();
        if (!inside) {
            return new Linked.Refused(LoginReason.EMAIL_OUTSIDE);
        }
        var link = new AccountLink(connection.get().id(), identity.session().subject());
        var stranger = users.findByLink(issuer, link, deadline).isEmpty();
        var problem = identity.key().filter(_ -> stranger).flatMap(key -> naming.problem(
                connection.get(), link, key, email.get(), new Naming.Call(traceId, deadline)));
        if (problem.isPresent()) {
            return new Linked.Refused(problem.get());
        }
        var user = user(connection.get(), identity, email.get(), traceId, deadline);
        if (!user.enabled()) {
            return new Linked.Refused(LoginReason.ACCOUNT_DISABLED);
        }
        return new Linked.Known(proof(asked, identity, user));
    }

    /** Whether the subject is a name that changes with every sign-in. An attribute beside such a name does not. */
    private static boolean isFleeting(UpstreamIdentity identity) {
        return identity.key().filter(key -> key.kind().startsWith("attribute ")).isEmpty()
                && identity.session().format().filter(format -> format.endsWith(":transient")).isPresent();
    }

    private User user(Connection connection, UpstreamIdentity identity, EmailAddress email, String traceId,
            Deadline deadline) {
        var link = new AccountLink(connection.id(), identity.session().subject());
        var known = users.findByLink(connection.issuer(), link, deadline);
        var profile = profile(connection, identity, email, known);
        // A user who is switched off is not written to, and one who has not changed need not be.
        if (known.isPresent() && (!known.get().enabled() || known.get().equals(profile))) {
            return known.get();
        }
        var user = users.provision(link, profile, deadline);
        if (known.isEmpty()) {
            identity.key().ifPresent(key -> users.links().note(connection.issuer(), link, key.kind(), deadline));
            audit.record(AuditEvent.of(AuditAction.USER_PROVISIONED, connection.issuer(), traceId)
                    .organization(user.organization()).user(user.id()));
        }
        return user;
    }

    private User profile(Connection connection, UpstreamIdentity identity, EmailAddress email, Optional<User> known) {
        // Its owner has proved the domain, and vouches for the addresses at it.
        return new User(known.map(User::id).orElseGet(this::newId), connection.issuer(),
                Optional.of(connection.organization()), email.value(), true,
                identity.givenName().or(was(known, User::givenName)),
                identity.familyName().or(was(known, User::familyName)),
                identity.displayName().or(was(known, User::displayName)),
                identity.locale().or(was(known, User::locale)),
                identity.attributes(), true, known.map(User::version).orElse(0L));
    }

    private static Supplier<Optional<String>> was(Optional<User> known, Function<User, Optional<String>> part) {
        return () -> known.flatMap(part);
    }

    private Proof proof(LoginRequest asked, UpstreamIdentity identity, User user) {
        var now = clock.instant();
        var authTime = identity.authTime().filter(said -> said.isBefore(now)).orElse(now);
        var acr = AcrPolicy.reached(asked.acrValues(), identity.acr());
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
