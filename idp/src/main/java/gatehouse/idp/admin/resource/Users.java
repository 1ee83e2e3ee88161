package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.directory.User;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlUserStore;
import gatehouse.idp.sql.Transaction;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.credential.PasswordHasher;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** People. A password is hashed before it is kept; who may no longer sign in is signed out. */
public final class Users implements Kind<User> {

    /** What is accepted beside the profile. */
    record Accepted(
            @Described(value = "A local password.", access = Access.WRITE_ONLY, min = 8, max = 256)
            Optional<String> password) {}

    static final ResourceSchema SCHEMA = ResourceSchema.of("user", defaults(), List.of(User.class, Accepted.class));

    private final Rows<User> rows;
    private final RandomNames names;
    private final PasswordHasher hasher;
    private final SessionStore sessions;

    /** @param hasher hashes on a bounded pool, not on the caller's thread */
    public Users(Rows<User> rows, RandomNames names, PasswordHasher hasher, SessionStore sessions) {
        this.rows = rows;
        this.names = names;
        this.hasher = hasher;
        this.sessions = sessions;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode().put("email_verified", false).put("enabled", true);
        defaults.putObject("attributes");
        defaults.putArray("roles");
        defaults.putArray("groups");
        return defaults;
    }

    @Override
    public String path() {
        return "users";
    }

    @Override
    public Rows<User> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "id";
    }

    @Override
    public Optional<String> newId() {
        return Optional.of(names.id());
    }

    @Override
    public Map<String, String> filters() {
        return Map.of("email", "Only those with this e-mail address.");
    }

    @Override
    public void complete(ObjectNode document, Optional<User> before) {
        document.put("email", document.path("email").asText().toLowerCase(Locale.ROOT));
    }

    @Override
    public void check(User value, Optional<User> before, Admin admin) {
        if (!admin.isOperator() && before.isPresent() && !value.email().equals(before.get().email())
                && value.emailVerified()) {
            throw new InvalidDocument("email", "a verified address is for operators to change");
        }
    }

    @Override
    public boolean storeSecrets(Transaction transaction, User stored, ObjectNode writeOnly) {
        if (!writeOnly.has("password")) {
            return false;
        }
        var password = writeOnly.get("password").asText().toCharArray();
        var known = SqlUserStore.passwordOf(transaction.handle(), stored.issuer(), stored.id())
                .filter(hash -> hash.algorithm().equals(hasher.algorithm()))
                .filter(hash -> hasher.verify(password, hash));
        return known.isEmpty() && SqlUserStore.setPassword(
                transaction.handle(), stored.issuer(), stored.id(), hasher.hash(password));
    }

    @Override
    public void committed(User before, Optional<User> after, Deadline deadline) {
        if (before.enabled() && !after.map(User::enabled).orElse(false)) {
            sessions.endAllOfUser(before.issuer(), before.id(), "admin", deadline);
        }
    }
}
