package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.directory.AccountLinks;
import gatehouse.idp.directory.User;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SqlUserStoreTest {

    private static final ConnectionId CONNECTION = new ConnectionId("c");
    private static Database database;
    private static Tables tables;
    private static SqlUserStore users;

    @BeforeAll
    static void open() {
        database = TestDatabase.open();
        tables = new Tables(new SecretBox(new byte[32]), TestTypes::secretsOf);
        users = new SqlUserStore(database, tables, 100, Executors.newVirtualThreadPerTaskExecutor(), System::nanoTime);
        database.onCommit(users);
        database.inTransaction(soon(), tx -> {
            for (var issuer : List.of("main", "other")) {
                tx.handle().execute("INSERT INTO issuer (issuer, id, version, body) VALUES (?, ?, 1, '{}')",
                        issuer, issuer);
            }
            tables.organizations().insert(tx, new Organization(new OrganizationId("o"), "main", "O", true, 0));
            for (var id : List.of("c", "d")) {
                tables.connections().insert(tx,
                        TestConnections.connection(id, "o", "saml"));
            }
            return 1;
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static User profile(String id, String email, String givenName) {
        return new User(new UserId(id), "main", Optional.of(new OrganizationId("o")), email, true,
                Optional.of(givenName),
                Optional.empty(), Optional.empty(), Optional.of("de"), Map.of("team", List.of("x", "y")), true, 0);
    }

    @Test
    @DisplayName("of 64 concurrent first logins one makes the user and all get it")
    void concurrentFirstLoginsMakeOneUser() throws Exception {
        var link = new AccountLink(CONNECTION, "many");
        List<Callable<User>> logins = IntStream.range(0, 64)
                .mapToObj(i -> (Callable<User>) () ->
                        users.provision(link, profile("many-" + i, "many@o.example", "M"), soon()))
                .toList();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var ids = pool.invokeAll(logins).stream().map(done -> {
                try {
                    return done.get().id();
                } catch (InterruptedException | ExecutionException failed) {
                    throw new IllegalStateException(failed);
                }
            }).distinct().toList();
            assertThat(ids).hasSize(1);
        }
        int made = database.read(soon(), sql ->
                sql.select("SELECT count(*) FROM account WHERE email = 'many@o.example'").mapTo(Integer.class).one());
        assertThat(made).isOne();
    }

    @Test
    void aKnownIdentityGetsItsProfileBroughtUpToDateAndNothingElse() {
        var link = new AccountLink(CONNECTION, "known");
        var first = users.provision(link, profile("known-1", "k@o.example", "Old"), soon());
        assertThat(first.version()).isEqualTo(1);
        assertThat(users.provision(link, profile("known-2", "k@o.example", "Old"), soon())).isEqualTo(first);
        assertThat(users.findCached("main", first.id(), soon())).contains(first);
        var renamed = users.provision(link, profile("known-3", "k2@o.example", "New"), soon());
        assertThat(renamed.id()).isEqualTo(first.id());
        assertThat(renamed.givenName()).contains("New");
        assertThat(renamed.version()).isEqualTo(2);
        assertThat(users.findCached("main", first.id(), soon())).contains(renamed);
        assertThat(users.findByLink("main", link, soon())).contains(renamed);
        assertThat(users.find("main", first.id(), soon())).contains(renamed);
    }

    @Test
    void aDisabledUserStaysDisabled() {
        var link = new AccountLink(CONNECTION, "disabled");
        var made = users.provision(link, profile("disabled", "dis@o.example", "D"), soon());
        database.inTransaction(soon(),
                tx -> tables.users().update(tx, new User(made.id(), made.issuer(), made.organization(),
                made.email(), true, made.givenName(), Optional.empty(), Optional.empty(), made.locale(),
                        Map.of(), false, 1)));
        assertThat(users.provision(link, profile("x", "dis@o.example", "D"), soon()).enabled()).isFalse();
    }

    @Test
    void aKnownIdentityIsAnsweredWithoutSqlUntilTheFeedSpeaks() {
        var link = new AccountLink(CONNECTION, "cached");
        var made = users.provision(link, profile("cached", "cached@o.example", "C"), soon());
        assertThat(users.findByLink("main", link, soon())).contains(made);
        behindTheFeed("UPDATE account SET body = body || '{\"enabled\": false}' WHERE id = 'cached'");
        assertThat(users.findByLink("main", link, soon())).contains(made);

        users.changed(change(ConfigChange.Kind.USER, "cached"));
        assertThat(users.findByLink("main", link, soon())).map(User::enabled).contains(false);
    }

    @Test
    void aUserDisabledHereIsDisabledForTheNextLogin() {
        var link = new AccountLink(CONNECTION, "off");
        var made = users.provision(link, profile("off", "off@o.example", "O"), soon());
        assertThat(users.findByLink("main", link, soon())).contains(made);
        database.inTransaction(soon(), tx -> tables.users().update(tx, new User(made.id(), made.issuer(),
                made.organization(), made.email(), true, made.givenName(), Optional.empty(), Optional.empty(),
                made.locale(), made.attributes(), false, made.version())));
        assertThat(users.findByLink("main", link, soon())).map(User::enabled).contains(false);
    }

    @Test
    void anUnknownIdentityIsKnownAsSoonAsAnyNodeHasMadeItsUser() {
        var link = new AccountLink(CONNECTION, "elsewhere");
        assertThat(users.findByLink("main", link, soon())).isEmpty();
        var otherNode = new SqlUserStore(database, tables, 100, Runnable::run, System::nanoTime);
        var made = otherNode.provision(link, profile("elsewhere", "else@o.example", "E"), soon());
        assertThat(users.findByLink("main", link, soon())).contains(made);
    }

    @Test
    void aUserWhoWasDeletedAndCameAgainIsTheNewOne() {
        var link = new AccountLink(CONNECTION, "again");
        var first = users.provision(link, profile("again-1", "again@o.example", "A"), soon());
        assertThat(users.findByLink("main", link, soon())).contains(first);
        database.inTransaction(soon(), tx -> {
            tables.users().delete(tx, first);
            return 1;
        });
        assertThat(users.findByLink("main", link, soon())).isEmpty();
        var second = users.provision(link, profile("again-2", "again@o.example", "A"), soon());
        assertThat(second.id()).isEqualTo(new UserId("again-2"));
        assertThat(users.findByLink("main", link, soon())).contains(second);
    }

    @Test
    void aConnectionThatCameAgainUnderItsIdKnowsNobody() {
        var link = new AccountLink(new ConnectionId("e"), "formerly");
        var connection = TestConnections.connection("e", "o", "saml");
        var added = database.inTransaction(soon(), tx -> tables.connections().insert(tx, connection));
        var made = users.provision(link, profile("formerly", "f@o.example", "F"), soon());
        assertThat(users.findByLink("main", link, soon())).contains(made);
        database.inTransaction(soon(), tx -> {
            tables.connections().delete(tx, added);
            return tables.connections().insert(tx, connection);
        });
        assertThat(users.findByLink("main", link, soon())).isEmpty();
    }

    private static void behindTheFeed(String sql) {
        database.read(soon(), handle -> handle.execute(sql));
    }

    private static ConfigChange change(ConfigChange.Kind kind, String id) {
        return new ConfigChange(kind, "main", id, Optional.of("o"));
    }

    @Test
    void anIdentityIsItsConnectionAndSubjectAndNeverItsEmail() {
        var local = database.inTransaction(soon(),
                tx -> tables.users().insert(tx, profile("local", "same@o.example", "L")));
        var one = users.provision(new AccountLink(CONNECTION, "same"), profile("s1", "same@o.example", "S"), soon());
        var two = users.provision(new AccountLink(new ConnectionId("d"), "same"),
                profile("s2", "same@o.example", "S"), soon());
        assertThat(List.of(local.id(), one.id(), two.id())).doesNotHaveDuplicates();
        assertThat(users.findByEmail("main", "SAME@o.example", soon())).contains(local);
        assertThat(users.findByLink("other", new AccountLink(CONNECTION, "same"), soon())).isEmpty();
        assertThat(users.find("other", one.id(), soon())).isEmpty();
    }

    @Test
    void aPasswordIsReplaced() {
        var made = database.inTransaction(soon(), tx -> tables.users().insert(tx, profile("pw", "pw@o.example", "P")));
        assertThat(users.passwordOf("main", made.id(), soon())).isEmpty();
        var hash = new PasswordHash("argon2", "h", "s", Map.of("m", "19456"));
        users.setPassword("main", made.id(), hash, soon());
        assertThat(users.passwordOf("main", made.id(), soon())).contains(hash);
        assertThat(users.passwordOf("other", made.id(), soon())).isEmpty();
    }

    @Test
    void aLinkIsRekeyedOnceAndTheOldNameLeadsNowhereAtOnce() {
        var old = new AccountLink(CONNECTION, "old-name");
        var now = new AccountLink(CONNECTION, "new-name");
        var user = users.provision(old, profile("rekeyed", "rekeyed@acme.example", "R"), soon());
        users.links().note("main", old, "nameid a", soon());
        assertThat(users.findByLink("main", old, soon())).isPresent();

        var linked = users.links().ofEmail("main", CONNECTION, "rekeyed@acme.example", soon());
        assertThat(linked).containsExactly(new AccountLinks.Linked(old, Optional.of("nameid a"), user.id()));
        assertThat(users.links().ofEmail("main", new ConnectionId("d"), "rekeyed@acme.example", soon())).isEmpty();
        assertThat(users.links().ofEmail("other", CONNECTION, "rekeyed@acme.example", soon())).isEmpty();

        assertThat(users.links().rekey("main", linked.getFirst(), now, "nameid b", soon())).isTrue();
        assertThat(users.links().rekey("main", linked.getFirst(), now, "nameid b", soon())).isFalse();
        assertThat(users.findByLink("main", old, soon())).isEmpty();
        assertThat(users.findByLink("main", now, soon()).map(User::id)).contains(user.id());
    }

    @Test
    void aLinkIsNotRekeyedToANameThatIsSomebodys() {
        var one = new AccountLink(CONNECTION, "one-name");
        var other = new AccountLink(CONNECTION, "other-name");
        users.provision(one, profile("one-name", "one.name@acme.example", "O"), soon());
        var second = users.provision(other, profile("other-name", "other.name@acme.example", "O"), soon());
        var linked = users.links().ofEmail("main", CONNECTION, "one.name@acme.example", soon()).getFirst();

        assertThat(users.links().rekey("main", linked, other, "nameid", soon())).isFalse();
        assertThat(users.findByLink("main", other, soon()).map(User::id)).contains(second.id());
        assertThat(users.findByLink("main", one, soon())).isPresent();
    }

    @Test
    void anotherKindIsSeenOnlyWhereThereIsNoneOfThisOne() {
        var connection = new ConnectionId("d");
        assertThat(users.links().otherKind("main", connection, "nameid a", soon())).isEmpty();
        var link = new AccountLink(connection, "kind-name");
        users.provision(link, profile("kind-name", "kind.name@acme.example", "K"), soon());
        assertThat(users.links().otherKind("main", connection, "nameid a", soon())).as("made before kinds").isEmpty();

        users.links().note("main", link, "nameid a", soon());

        assertThat(users.links().otherKind("main", connection, "nameid a", soon())).isEmpty();
        assertThat(users.links().otherKind("main", connection, "nameid b", soon())).contains("nameid a");
        assertThat(users.links().otherKind("other", connection, "nameid b", soon())).isEmpty();
    }
}
