package gatehouse.idp.sql;

import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * People in PostgreSQL, with bounded caches for readers that may be a little late: users, and beside them whose each
 * account link is, so that a change of a user needs to be forgotten in one place only. Register it with the feed.
 */
public final class SqlUserStore implements UserStore, ConfigListener {

    /** Rounds of provisioning: each is lost only to somebody who made progress with the same person. */
    private static final int ROUNDS_MAX = 8;

    private record Key(String issuer, String id) {}

    private record LinkKey(String issuer, AccountLink link) {}

    private final Database database;
    private final Rows<User> users;
    private final ReadThrough<Key, User> cache;
    private final ReadThrough<LinkKey, UserId> links;
    private final AccountLinks accountLinks;

    /** @param sizeMax users, and again links, that are cached */
    public SqlUserStore(Database database, Tables tables, int sizeMax, Executor executor, LongSupplier nanoClock) {
        this.database = database;
        this.users = tables.users();
        this.cache = new ReadThrough<>(sizeMax, executor, nanoClock,
                (key, deadline) -> find(key.issuer(), new UserId(key.id()), deadline));
        this.links = new ReadThrough<>(sizeMax, executor, nanoClock,
                (key, deadline) -> database.read(deadline, sql -> linkedId(sql, key.issuer(), key.link())));
        this.accountLinks = new SqlAccountLinks(database, (issuer, link) -> links.forget(new LinkKey(issuer, link)));
    }

    @Override
    public AccountLinks links() {
        return accountLinks;
    }

    @Override
    public Optional<User> find(String issuer, UserId id, Deadline deadline) {
        return database.read(deadline, sql -> users.find(sql, Rows.Scope.of(issuer), id.value()));
    }

    @Override
    public Optional<User> findCached(String issuer, UserId id, Deadline deadline) {
        return cache.get(new Key(issuer, id.value()), deadline);
    }

    @Override
    public Optional<User> findByEmail(String issuer, String email, Deadline deadline) {
        var wanted = email.toLowerCase(Locale.ROOT);
        return database.read(deadline, sql -> users.findWhere(sql, Rows.Scope.of(issuer), "email", wanted, "local"));
    }

    @Override
    public Optional<User> findByLink(String issuer, AccountLink link, Deadline deadline) {
        var key = new LinkKey(issuer, link);
        var id = links.get(key, deadline);
        var known = id.flatMap(user -> findCached(issuer, user, deadline));
        if (known.isEmpty()) {
            // Nobody, or a link whose user is gone: the person may be let in by another node the next moment.
            links.forget(key);
        }
        return id.isPresent() && known.isEmpty()
                ? database.read(deadline, sql -> linked(sql, issuer, link))
                : known;
    }

    private Optional<User> linked(Handle sql, String issuer, AccountLink link) {
        return linkedId(sql, issuer, link).flatMap(id -> users.find(sql, Rows.Scope.of(issuer), id.value()));
    }

    private static Optional<UserId> linkedId(Handle sql, String issuer, AccountLink link) {
        return sql.createQuery("SELECT account FROM account_link"
                        + " WHERE issuer = :issuer AND connection = :connection AND subject = :subject")
                .bind("issuer", issuer)
                .bind("connection", link.connection().value())
                .bind("subject", link.subject())
                .mapTo(String.class)
                .findOne()
                .map(UserId::new);
    }

    @Override
    public User provision(AccountLink link, User profile, Deadline deadline) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var provisioned = tryProvision(link, profile, deadline);
            if (provisioned.isPresent()) {
                return provisioned.get();
            }
        }
        throw new Unavailable("too many simultaneous logins of one person", null);
    }

    @Override
    public Optional<User> adopt(AccountLink link, User profile, Deadline deadline) {
        try {
            return database.inTransaction(deadline, transaction -> {
                var known = users.find(transaction.handle(), Rows.Scope.of(profile.issuer()), profile.id().value())
                        .filter(User::enabled)
                        .filter(user -> user.organization().equals(profile.organization()))
                        .filter(user -> user.email().equals(profile.email()));
                if (known.isEmpty() || !link(transaction.handle(), link, known.get())) {
                    transaction.discard();
                    return Optional.<User>empty();
                }
                return Optional.of(refreshed(transaction, known.get(), profile));
            });
        } catch (RowRefused lost) {
            if (lost.why() == RowRefused.Cause.CHANGED_MEANWHILE) {
                return Optional.empty();
            }
            throw lost;
        }
    }

    /** Empty if somebody else was faster: then look again. */
    private Optional<User> tryProvision(AccountLink link, User profile, Deadline deadline) {
        try {
            return database.inTransaction(deadline, transaction -> {
                var known = linked(transaction.handle(), profile.issuer(), link);
                if (known.isPresent()) {
                    return known.map(user -> refreshed(transaction, user, profile));
                }
                var made = users.insert(transaction, profile, ", local", ", false");
                if (link(transaction.handle(), link, made)) {
                    return Optional.of(made);
                }
                transaction.discard();
                return Optional.<User>empty();
            });
        } catch (RowRefused lost) {
            if (lost.why() == RowRefused.Cause.CHANGED_MEANWHILE) {
                return Optional.empty();
            }
            throw lost;
        }
    }

    /** Whether the link was made: false if it exists. Waits for a transaction that is making the same link. */
    private static boolean link(Handle sql, AccountLink link, User user) {
        return sql.createUpdate("INSERT INTO account_link (issuer, connection, subject, account)"
                        + " VALUES (:issuer, :connection, :subject, :account) ON CONFLICT DO NOTHING")
                .bind("issuer", user.issuer())
                .bind("connection", link.connection().value())
                .bind("subject", link.subject())
                .bind("account", user.id().value())
                .execute() == 1;
    }

    private User refreshed(Transaction transaction, User known, User profile) {
        var now = new User(known.id(), known.issuer(), known.organization(), profile.email(), profile.emailVerified(),
                profile.givenName(), profile.familyName(), profile.displayName(), profile.locale(),
                profile.attributes(), profile.roles(), profile.groups(), known.enabled(), known.version());
        return now.equals(known) ? known : users.update(transaction, now);
    }

    @Override
    public Optional<PasswordHash> passwordOf(String issuer, UserId id, Deadline deadline) {
        return database.read(deadline, sql -> passwordOf(sql, issuer, id));
    }

    /** The password hash of a user within a transaction. */
    public static Optional<PasswordHash> passwordOf(Handle sql, String issuer, UserId id) {
        return sql.createQuery("SELECT password::text FROM account"
                        + " WHERE issuer = :issuer AND id = :id AND password IS NOT NULL")
                .bind("issuer", issuer)
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .map(json -> RecordJson.read(SealedSettings.parse(json), PasswordHash.class));
    }

    @Override
    public void setPassword(String issuer, UserId id, PasswordHash hash, Deadline deadline) {
        database.inTransaction(deadline, transaction -> setPassword(transaction.handle(), issuer, id, hash));
    }

    /** Replaces the password hash within a transaction; answers whether there is such a user. */
    public static boolean setPassword(Handle sql, String issuer, UserId id, PasswordHash hash) {
        return sql.createUpdate("UPDATE account SET password = :password::jsonb WHERE issuer = :issuer AND id = :id")
                .bind("password", RecordJson.write(hash).toString())
                .bind("issuer", issuer)
                .bind("id", id.value())
                .execute() == 1;
    }

    @Override
    public void changed(ConfigChange change) {
        if (change.kind() == ConfigChange.Kind.USER) {
            cache.forget(new Key(change.issuer(), change.id()));
        }
        if (change.kind() == ConfigChange.Kind.CONNECTION) {
            // Links go with their connection, and another one may come under its id.
            links.forgetIf(key -> key.issuer().equals(change.issuer())
                    && key.link().connection().value().equals(change.id()));
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        links.forgetAll();
        cache.forgetAll();
    }
}
