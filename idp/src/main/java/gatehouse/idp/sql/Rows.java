package gatehouse.idp.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.OrganizationId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of one kind of record: issuer, id, version, and the rest as JSON. Always asked with the issuer, and for an
 * organization's administrator with the organization too: what belongs to another one is not found, whoever checks what
 * afterwards.
 */
public final class Rows<T extends Record> {

    /** Which rows a question is about. */
    public record Scope(String issuer, Optional<OrganizationId> organization) {

        /** Everything of {@code issuer}. */
        public static Scope of(String issuer) {
            return new Scope(issuer, Optional.empty());
        }
    }

    /**
     * A part of a listing, in the order of ids.
     *
     * @param after  id after which it begins; empty: at the beginning
     * @param limit  rows at most
     * @param equals looked-up columns and the values they must have
     */
    public record Page(Optional<String> after, int limit, Map<String, String> equals) {}

    private final Table<T> table;
    private final Set<String> components;

    /**
     * What distinguishes one kind from another.
     *
     * @param name     SQL name
     * @param type     the record
     * @param kind     how its changes are announced
     * @param idField  JSON name of the component that is the row's id; empty if the id is derived from the record
     * @param id       the row's id
     * @param filters  columns a listing may be narrowed by
     * @param sealed   the document as it is kept
     * @param opened   the document as it is used
     */
    record Table<T extends Record>(
            String name,
            Class<T> type,
            ConfigChange.Kind kind,
            Optional<String> idField,
            Function<T, String> id,
            Set<String> filters,
            UnaryOperator<ObjectNode> sealed,
            UnaryOperator<ObjectNode> opened) {}

    Rows(Table<T> table) {
        this.table = table;
        this.components = Set.copyOf(Arrays.stream(table.type().getRecordComponents()).map(c -> c.getName()).toList());
    }

    /** The row with that id. Of several (claims on one domain), the verified one. */
    public Optional<T> find(Handle sql, Scope scope, String id) {
        var order = table.filters().contains("verified") ? " ORDER BY verified DESC" : "";
        return bind(sql.createQuery(select(scope) + " AND id = :id" + order + " LIMIT 1"), scope)
                .bind("id", id)
                .map((row, _) -> read(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)))
                .findOne();
    }

    /** The row where {@code column}, which is unique together with {@code condition}, has {@code value}. */
    Optional<T> findWhere(Handle sql, Scope scope, String column, String value, String condition) {
        return bind(sql.createQuery(select(scope) + " AND " + column + " = :value AND " + condition), scope)
                .bind("value", value)
                .map((row, _) -> read(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)))
                .findOne();
    }

    /** Some rows, in the order of ids. */
    public List<T> page(Handle sql, Scope scope, Page page) {
        var question = new StringBuilder(select(scope));
        page.after().ifPresent(_ -> question.append(" AND id > :after"));
        for (var column : page.equals().keySet()) {
            if (!table.filters().contains(column)) {
                throw new IllegalArgumentException(table.name() + " cannot be narrowed by " + column);
            }
            question.append(" AND ").append(column).append("::text = :").append(column);
        }
        question.append(" ORDER BY id LIMIT ").append(page.limit());
        var query = bind(sql.createQuery(question.toString()), scope);
        page.after().ifPresent(after -> query.bind("after", after));
        page.equals().forEach(query::bind);
        return query.map((row, _) -> read(row.getString(1), row.getString(2), row.getLong(3), row.getString(4))).list();
    }

    /** The record of a row. */
    public Class<T> type() {
        return table.type();
    }

    /** Names of the columns a listing may be narrowed by. */
    public Set<String> filters() {
        return table.filters();
    }

    /** The id of the row of {@code value}. */
    public String idOf(T value) {
        return table.id().apply(value);
    }

    /**
     * Adds a row at version 1 and announces it.
     *
     * @throws RowRefused if there is one already, or something it names does not exist
     */
    public T insert(Transaction transaction, T value) {
        return insert(transaction, value, "", "");
    }

    /** As {@link #insert(Transaction, Record)}, with further columns and their values in SQL. */
    T insert(Transaction transaction, T value, String columns, String values) {
        var document = RecordJson.write(value);
        var inserted = bindValue(transaction.handle().createUpdate("INSERT INTO " + table.name()
                + " (issuer, id, version, body" + columns + ") VALUES (:issuer, :id, 1, :body::jsonb" + values + ")"),
                value, document).execute();
        return stored(transaction, value, document, 1, inserted);
    }

    /**
     * Replaces the row of {@code value}, if it still has the version of {@code value}, and announces it.
     *
     * @return {@code value} with its new version
     * @throws RowRefused if it was changed or deleted since
     */
    public T update(Transaction transaction, T value) {
        var document = RecordJson.write(value);
        long version = document.path("version").asLong();
        var scope = new Scope(issuerOf(document), organizationKey(document));
        var updated = bindValue(transaction.handle().createUpdate(
                "UPDATE " + table.name() + " SET version = version + 1, body = :body::jsonb"
                        + " WHERE issuer = :issuer AND id = :id AND version = :version" + narrowed(scope)),
                value, document).bind("version", version);
        scope.organization().ifPresent(organization -> updated.bind("organization", organization.value()));
        return stored(transaction, value, document, version + 1, updated.execute());
    }

    /** Deletes the row of {@code value}, if it still has that version, and announces it. */
    public void delete(Transaction transaction, T value) {
        var document = RecordJson.write(value);
        var scope = new Scope(issuerOf(document), organizationKey(document));
        var deleted = bind(transaction.handle().createUpdate("DELETE FROM " + table.name()
                + " WHERE issuer = :issuer AND id = :id AND version = :version" + narrowed(scope)), scope)
                .bind("id", table.id().apply(value))
                .bind("version", document.path("version").asLong());
        stored(transaction, value, document, 0, deleted.execute());
    }

    /** Claims on domains are the only rows whose key includes the organization. */
    private Optional<OrganizationId> organizationKey(ObjectNode document) {
        return table.filters().contains("verified")
                ? Optional.of(new OrganizationId(document.path("organization").asText()))
                : Optional.empty();
    }

    private T stored(Transaction transaction, T value, ObjectNode document, long version, int rows) {
        if (rows != 1) {
            throw new RowRefused(RowRefused.Cause.CHANGED_MEANWHILE, table.name());
        }
        transaction.announce(new ConfigChange(table.kind(), issuerOf(document), announcedId(value, document),
                Optional.ofNullable(document.path("organization").textValue())));
        document.put("version", version);
        return RecordJson.read(document, table.type());
    }

    private String announcedId(T value, ObjectNode document) {
        // Caches know a service provider by its entityID, not by the id of its row.
        return table.kind() == ConfigChange.Kind.SERVICE_PROVIDER
                ? document.path("entity_id").asText()
                : table.id().apply(value);
    }

    private String issuerOf(ObjectNode document) {
        return document.path(components.contains("issuer") ? "issuer" : "name").asText();
    }

    private String select(Scope scope) {
        // Issuers belong to none: asked for by id alone.
        var belongs = components.contains("issuer") ? "issuer = :issuer" : ":issuer IS NOT NULL";
        return "SELECT issuer, id, version, body::text FROM " + table.name() + " WHERE " + belongs + narrowed(scope);
    }

    private static String narrowed(Scope scope) {
        return scope.organization().isPresent() ? " AND organization = :organization" : "";
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Scope scope) {
        scope.organization().ifPresent(organization -> statement.bind("organization", organization.value()));
        return statement.bind("issuer", scope.issuer());
    }

    private <S extends SqlStatement<S>> S bindValue(S statement, T value, ObjectNode document) {
        var body = table.sealed().apply(document.deepCopy());
        body.remove(List.of("issuer", "version"));
        table.idField().ifPresent(body::remove);
        try {
            return statement.bind("issuer", issuerOf(document))
                    .bind("id", table.id().apply(value))
                    .bind("body", RecordJson.MAPPER.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    private T read(String issuer, String id, long version, String body) {
        var document = (ObjectNode) SealedSettings.parse(body);
        if (components.contains("issuer")) {
            document.put("issuer", issuer);
        }
        table.idField().ifPresent(field -> document.put(field, id));
        document.put("version", version);
        return RecordJson.read(table.opened().apply(document), table.type());
    }
}
