package gatehouse.idp.login.account;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.AccountLinks.Linked;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.UserKey;
import gatehouse.spi.Deadline;
import java.util.Optional;

/**
 * Sees that a provider has begun to name its people in another way: then somebody who seems to be new is a person whom
 * the connection knows already. Such a sign-in is refused, or, for as long as the connection's administrator has said
 * so, the person is known by the new name from then on.
 */
final class Naming {

    private final UserStore users;
    private final AuditTrail audit;

    Naming(UserStore users, AuditTrail audit) {
        this.users = users;
        this.audit = audit;
    }

    /**
     * What stands against making a user of {@code link}, which leads to nobody; empty if nothing does, or if it leads
     * to somebody now.
     *
     * @param email within a domain that the connection's organization has verified
     */
    Optional<LoginReason> problem(
            Connection connection, AccountLink link, UserKey key, EmailAddress email, Call call) {
        AccountLinks links = users.links();
        var namesakes = links.ofEmail(connection.issuer(), connection.id(), email.value(), call.deadline());
        if (namesakes.isEmpty()) {
            return key.rekeyable() ? Optional.empty()
                    : links.otherKind(connection.issuer(), connection.id(), key.kind(), call.deadline())
                            .map(_ -> LoginReason.SUBJECT_KIND_CHANGED);
        }
        var known = namesakes.getFirst();
        if (namesakes.size() > 1 || !key.rekeyable()) {
            return Optional.of(known.kind().filter(kind -> !kind.equals(key.kind())).isPresent()
                    ? LoginReason.SUBJECT_KIND_CHANGED : LoginReason.SUBJECT_CHANGED);
        }
        return rekeyed(connection, known, link, key, call);
    }

    /** Of whom, when, and for which request. */
    record Call(String traceId, Deadline deadline) {}

    private Optional<LoginReason> rekeyed(
            Connection connection, Linked known, AccountLink link, UserKey key, Call call) {
        var user = users.find(connection.issuer(), known.user(), call.deadline());
        if (user.filter(User::enabled).isEmpty()) {
            return Optional.of(LoginReason.ACCOUNT_DISABLED);
        }
        if (!users.links().rekey(connection.issuer(), known, link, key.kind(), call.deadline())) {
            return Optional.of(LoginReason.SUBJECT_CHANGED);
        }
        audit.record(AuditEvent.of(AuditAction.USER_REKEYED, connection.issuer(), call.traceId())
                .organization(user.get().organization()).user(user.get().id())
                .reason("verified_email"));
        return Optional.empty();
    }
}
