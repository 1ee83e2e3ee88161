package gatehouse.idp.credential;

import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Users in a map. */
public final class KeptUsers implements UserStore {

    public final Map<UserId, User> users = new HashMap<>();
    public final Map<UserId, PasswordHash> passwords = new HashMap<>();
    public final Map<AccountLink, UserId> links = new HashMap<>();
    public final Map<AccountLink, String> kinds = new HashMap<>();

    /** Makes a user. */
    public User add(String id, String email, Optional<OrganizationId> organization) {
        var user = new User(new UserId(id), "main", organization, email.toLowerCase(Locale.ROOT), true,
                Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), true, 1);
        users.put(user.id(), user);
        return user;
    }

    /** Switches a user off. */
    public void disable(UserId id) {
        var was = users.get(id);
        users.put(id, new User(was.id(), was.issuer(), was.organization(), was.email(), was.emailVerified(),
                was.givenName(), was.familyName(), was.displayName(), was.locale(), was.attributes(), false,
                was.version() + 1));
    }

    @Override
    public Optional<User> find(String issuer, UserId id, Deadline deadline) {
        return Optional.ofNullable(users.get(id)).filter(user -> user.issuer().equals(issuer));
    }

    @Override
    public Optional<User> findCached(String issuer, UserId id, Deadline deadline) {
        return find(issuer, id, deadline);
    }

    @Override
    public Optional<User> findByEmail(String issuer, String email, Deadline deadline) {
        return users.values().stream()
                .filter(user -> user.issuer().equals(issuer) && user.email().equals(email.toLowerCase(Locale.ROOT)))
                .filter(user -> !links.containsValue(user.id()))
                .findFirst();
    }

    @Override
    public Optional<User> findByLink(String issuer, AccountLink link, Deadline deadline) {
        return Optional.ofNullable(links.get(link)).flatMap(id -> find(issuer, id, deadline));
    }

    @Override
    public AccountLinks links() {
        return new AccountLinks() {
            @Override
            public List<Linked> ofEmail(String issuer, ConnectionId connection, String email, Deadline deadline) {
                return links.entrySet().stream().filter(entry -> entry.getKey().connection().equals(connection))
                        .filter(entry -> users.get(entry.getValue()).email().equals(email)).limit(2)
                        .map(entry -> new Linked(entry.getKey(), Optional.ofNullable(kinds.get(entry.getKey())),
                                entry.getValue())).toList();
            }

            @Override
            public Optional<String> otherKind(
                    String issuer, ConnectionId connection, String kind, Deadline deadline) {
                var noted = kinds.entrySet().stream()
                        .filter(entry -> entry.getKey().connection().equals(connection)).map(Map.Entry::getValue)
                        .toList();
                return noted.contains(kind) ? Optional.empty() : noted.stream().findFirst();
            }

            @Override
            public void note(String issuer, AccountLink link, String kind, Deadline deadline) {
                kinds.put(link, kind);
            }

            @Override
            public boolean rekey(String issuer, Linked before, AccountLink now, String kind, Deadline deadline) {
                if (links.containsKey(now) || !links.remove(before.link(), before.user())) {
                    return false;
                }
                kinds.remove(before.link());
                kinds.put(now, kind);
                links.put(now, before.user());
                return true;
            }
        };
    }

    @Override
    public synchronized User provision(AccountLink link, User profile, Deadline deadline) {
        var id = links.computeIfAbsent(link, _ -> profile.id());
        var kept = new User(id, profile.issuer(), profile.organization(), profile.email(), profile.emailVerified(),
                profile.givenName(), profile.familyName(), profile.displayName(), profile.locale(),
                profile.attributes(), profile.roles(), profile.groups(), true, profile.version());
        users.put(id, kept);
        return kept;
    }

    @Override
    public synchronized Optional<User> adopt(AccountLink link, User profile, Deadline deadline) {
        return find(profile.issuer(), profile.id(), deadline)
                .filter(user -> user.enabled() && user.organization().equals(profile.organization())
                        && user.email().equals(profile.email()) && !links.containsKey(link))
                .map(_ -> provision(link, profile, deadline));
    }

    @Override
    public Optional<PasswordHash> passwordOf(String issuer, UserId id, Deadline deadline) {
        return Optional.ofNullable(passwords.get(id));
    }

    @Override
    public void setPassword(String issuer, UserId id, PasswordHash hash, Deadline deadline) {
        passwords.put(id, hash);
    }
}
