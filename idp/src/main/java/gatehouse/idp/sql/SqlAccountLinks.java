package gatehouse.idp.sql;

import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Account links in PostgreSQL. */
final class SqlAccountLinks implements AccountLinks {

    private final Database database;
    private final BiConsumer<String, AccountLink> forget;

    /** @param forget told of the issuer and a link that leads nowhere any more */
    SqlAccountLinks(Database database, BiConsumer<String, AccountLink> forget) {
        this.database = database;
        this.forget = forget;
    }

    @Override
    public List<Linked> ofEmail(String issuer, ConnectionId connection, String email, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT l.subject, l.kind, l.account FROM account_link l"
                        + " JOIN account a ON a.issuer = l.issuer AND a.id = l.account"
                        + " WHERE l.issuer = :issuer AND l.connection = :connection AND a.email = :email LIMIT 2")
                .bind("issuer", issuer)
                .bind("connection", connection.value())
                .bind("email", email)
                .map((row, _) -> new Linked(new AccountLink(connection, row.getString("subject")),
                        Optional.ofNullable(row.getString("kind")), new UserId(row.getString("account"))))
                .list());
    }

    @Override
    public Optional<String> otherKind(String issuer, ConnectionId connection, String kind, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT kind FROM account_link"
                        + " WHERE issuer = :issuer AND connection = :connection AND kind IS NOT NULL"
                        + " AND NOT EXISTS (SELECT 1 FROM account_link"
                        + " WHERE issuer = :issuer AND connection = :connection AND kind = :kind) LIMIT 1")
                .bind("issuer", issuer)
                .bind("connection", connection.value())
                .bind("kind", kind)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void note(String issuer, AccountLink link, String kind, Deadline deadline) {
        database.inTransaction(deadline, transaction -> transaction.handle()
                .createUpdate("UPDATE account_link SET kind = :kind"
                        + " WHERE issuer = :issuer AND connection = :connection AND subject = :subject")
                .bind("issuer", issuer)
                .bind("connection", link.connection().value())
                .bind("subject", link.subject())
                .bind("kind", kind)
                .execute());
    }

    @Override
    public boolean rekey(String issuer, Linked before, AccountLink now, String kind, Deadline deadline) {
        try {
            return database.inTransaction(deadline, transaction -> transaction.handle()
                    .createUpdate("UPDATE account_link SET subject = :now, kind = :kind WHERE issuer = :issuer"
                            + " AND connection = :connection AND subject = :before AND account = :account")
                    .bind("issuer", issuer)
                    .bind("connection", now.connection().value())
                    .bind("before", before.link().subject())
                    .bind("account", before.user().value())
                    .bind("now", now.subject())
                    .bind("kind", kind)
                    .execute() == 1);
        } catch (RowRefused taken) {
            if (taken.why() == RowRefused.Cause.DUPLICATE) {
                return false;
            }
            throw taken;
        } finally {
            forget.accept(issuer, before.link());
        }
    }
}
