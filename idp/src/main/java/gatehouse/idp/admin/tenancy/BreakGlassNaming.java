package gatehouse.idp.admin.tenancy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.resource.RandomNames;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names an organization's break-glass people, each with a code made here that is shown once and kept as the hash of
 * their local password. Naming opens nothing: {@link BreakGlassKeys} does, for a while.
 */
public final class BreakGlassNaming {

    /** How many can be named here: so many as are recommended. */
    public static final int PEOPLE_MAX = 2;

    private static final int GROUP = 5;
    private static final int GROUPS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(BreakGlassNaming.class);

    private final RandomNames names = new RandomNames();
    private final Kinds kinds;
    private final Editor editor;
    private final Database database;
    private final SqlAudit audit;
    private final TenancyCatalog tenancy;
    private final InstantSource clock;

    public BreakGlassNaming(Kinds kinds, Editor editor, Database database, SqlAudit audit, TenancyCatalog tenancy,
            InstantSource clock) {
        this.kinds = kinds;
        this.editor = editor;
        this.database = database;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Somebody who is named. @param tried since their code was last made; @param activeUntil empty: not activated */
    public record Standing(UserId user, String email, boolean tried, Optional<Instant> activeUntil) {}

    /** What naming came to. */
    public sealed interface Outcome {

        /** Named. @param code shown this once */
        record Named(UserId user, String code) implements Outcome {

            @Override
            public String toString() {
                return "Named[" + user + ", •••]";
            }
        }

        /** The address is at no domain that the organization has proved. */
        record Outside() implements Outcome {}

        /** The account is not the organization's, or may not sign in: nobody is told which. */
        record Unusable() implements Outcome {}

        /** The account has a password, which the code would replace: only on demand. */
        record HasPassword() implements Outcome {}

        /** There are enough. */
        record Full() implements Outcome {}
    }

    /** Whose an account is. */
    private record Known(String id, Optional<String> organization, boolean enabled, boolean hasPassword) {}

    /** Who is named in {@code organization}, in the order they were. */
    public List<Standing> of(String issuer, OrganizationId organization, Deadline deadline) {
        return database.read(deadline, sql -> of(sql, issuer, organization));
    }

    private static List<Standing> of(Handle sql, String issuer, OrganizationId organization) {
        return sql.createQuery("SELECT a.id, a.email, " + BreakGlassTried.SQL + ", (b ->> 'active_until')::timestamptz"
                        + " FROM organization o, jsonb_array_elements(o.body -> 'break_glass') WITH ORDINALITY"
                        + " AS named (b, place) JOIN account a ON a.local AND a.id = b ->> 'user'"
                        + " WHERE o.issuer = :issuer AND o.id = :organization AND a.issuer = o.issuer"
                        + " AND a.organization = o.id ORDER BY place")
                .bind("issuer", issuer).bind("organization", organization.value())
                .map((row, _) -> new Standing(new UserId(row.getString(1)), row.getString(2), row.getBoolean(3),
                        Optional.ofNullable(row.getTimestamp(4)).map(Timestamp::toInstant)))
                .list();
    }

    /**
     * Names the local account of {@code email} in the caller's organization, made if there is none, and gives it a new
     * code: an older one is worth nothing any more.
     *
     * @param email    in lower case
     * @param domain   of it, in A-labels
     * @param replaces whether a password that there is may be replaced
     */
    public Outcome name(Editor.Call call, String email, String domain, boolean replaces, Deadline deadline) {
        var own = call.admin().organization().orElseThrow();
        if (tenancy.domainOf(call.issuer(), domain, deadline)
                .filter(found -> found.organization().equals(own)).isEmpty()) {
            return new Outcome.Outside();
        }
        return database.inTransaction(deadline, transaction -> {
            var sql = transaction.handle();
            var known = known(sql, call.issuer(), email);
            if (known.filter(one -> !one.enabled() || !one.organization().equals(Optional.of(own.value())))
                    .isPresent()) {
                return new Outcome.Unusable();
            }
            var standing = of(sql, call.issuer(), own);
            boolean named = standing.stream().anyMatch(one -> one.email().equals(email));
            if (!named && standing.size() >= PEOPLE_MAX) {
                return new Outcome.Full();
            }
            if (known.filter(Known::hasPassword).isPresent() && !replaces) {
                return new Outcome.HasPassword();
            }
            var code = code();
            var user = new UserId(known.map(one -> reset(transaction, call, one.id(), code))
                    .orElseGet(() -> made(transaction, call, email, code)));
            if (!named) {
                add(transaction, call, own, user);
            }
            record(transaction, call, AuditAction.BREAKGLASS_NAMED, user);
            LOG.warn("Break-glass: {} of organization {} was named, with a new code", user, own);
            return new Outcome.Named(user, code);
        });
    }

    /** Says that the code of {@code user} was typed back; false, and nothing happens, if that was said before. */
    public boolean confirm(Editor.Call call, UserId user, Deadline deadline) {
        var own = call.admin().organization().orElseThrow();
        return database.inTransaction(deadline, transaction -> {
            // One at a time: the organization's row is what they wait for.
            transaction.handle().createQuery("SELECT id FROM organization WHERE issuer = :issuer AND id = :id FOR UPDATE")
                    .bind("issuer", call.issuer()).bind("id", own.value()).mapTo(String.class).one();
            boolean waits = of(transaction.handle(), call.issuer(), own).stream()
                    .anyMatch(one -> one.user().equals(user) && !one.tried());
            if (waits) {
                record(transaction, call, AuditAction.BREAKGLASS_CONFIRMED, user);
            }
            return waits;
        });
    }

    private static Optional<Known> known(Handle sql, String issuer, String email) {
        return sql.createQuery("SELECT id, organization, (body ->> 'enabled')::boolean, password IS NOT NULL"
                        + " FROM account WHERE issuer = :issuer AND email = :email AND local")
                .bind("issuer", issuer).bind("email", email)
                .map((row, _) -> new Known(row.getString(1), Optional.ofNullable(row.getString(2)), row.getBoolean(3),
                        row.getBoolean(4)))
                .findOne();
    }

    private String made(Transaction transaction, Editor.Call call, String email, String code) {
        return editor.create(transaction, kinds.users(), call, JsonNodeFactory.instance.objectNode()
                .put("email", email).put("password", code)).value().id().value();
    }

    private String reset(Transaction transaction, Editor.Call call, String id, String code) {
        var current = kinds.users().rows().find(transaction.handle(), call.scope(), id).orElseThrow();
        editor.patch(transaction, kinds.users(), call, current, JsonNodeFactory.instance.objectNode()
                .put("password", code));
        return id;
    }

    private void add(Transaction transaction, Editor.Call call, OrganizationId own, UserId user) {
        Organization current = kinds.organizations().rows().find(transaction.handle(), call.scope(), own.value())
                .orElseThrow();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        var named = patch.putArray("break_glass");
        RecordJson.write(current).path("break_glass").forEach(named::add);
        named.addObject().put("user", user.value());
        editor.patch(transaction, kinds.organizations(), call, current, patch);
    }

    private void record(Transaction transaction, Editor.Call call, AuditAction action, UserId user) {
        audit.write(transaction, new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()),
                AuditEvent.of(action, call.issuer(), call.traceId()).organization(call.admin().organization())
                        .user(user).address(call.address()).details(Map.of("id", user.value()))));
    }

    /** A code of 125 random bits, in groups that can be written down. */
    private String code() {
        var letters = names.id();
        var code = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            code.append(i == 0 ? "" : "-").append(letters, i * GROUP, (i + 1) * GROUP);
        }
        return code.toString();
    }
}
