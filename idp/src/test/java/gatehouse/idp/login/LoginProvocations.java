package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.catchThrowable;

import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.idp.upstream.UserKey;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Entry;
import gatehouse.spi.DeadlineExceeded;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that is refused here once an identity provider has said yes, as its attempts tell of it. */
public final class LoginProvocations {

    private final Set<Diagnosis> seen = EnumSet.noneOf(Diagnosis.class);

    private LoginProvocations() {}

    /** The entries of the catalogue that were noted by real logins. */
    public static Set<Diagnosis> provoked() {
        var all = new LoginProvocations();
        all.identities();
        all.policies();
        all.ways();
        all.ownFaults();
        return all.seen;
    }

    private void login(Consumer<TestIdp> before, BiConsumer<TestIdp, TestBrowser> walk) {
        try (var idp = new TestIdp()) {
            before.accept(idp);
            walk.accept(idp, idp.browser());
            idp.world.attempted.stream().flatMap(LoginProvocations::diagnosis).forEach(seen::add);
        }
    }

    static Stream<Diagnosis> diagnosis(Entry entry) {
        return switch (entry) {
            case Entry.Seen(_, var attempt, _) -> attempt.diagnosis().stream();
            case Entry.Ended ended -> ended.outcome() == Outcome.REFUSED ? ended.diagnosis().stream() : Stream.empty();
        };
    }

    private void signIn(Consumer<TestIdp> change) {
        try (var idp = new TestIdp()) {
            change.accept(idp);
            signIn(idp);
            idp.world.attempted.stream().flatMap(LoginProvocations::diagnosis).forEach(seen::add);
        }
    }

    private static TestBrowser signIn(TestIdp idp) {
        var browser = idp.browser();
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        return browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
    }

    private void identities() {
        signIn(idp -> idp.upstream.email = Optional.empty());
        signIn(idp -> idp.upstream.email = Optional.of("ada@elsewhere.example"));
        signIn(idp -> idp.upstream.subject = "s".repeat(257));
        signIn(idp -> idp.upstream.notOnOrAfter = Optional.of(idp.now));
        signIn(idp -> idp.world.client("demo-app", Optional.of(TestWorld.GLOBEX), true));
        signIn(idp -> {
            signIn(idp);
            idp.users.disable(idp.users.links.values().iterator().next());
        });
        signIn(idp -> {
            idp.upstream.key = Optional.of(new UserKey("nameid persistent", false));
            signIn(idp);
            idp.upstream.subject = "sub-2";
        });
        login(_ -> {}, (idp, browser) -> {
            var asked = asking();
            asked.user = Optional.of("somebody-else");
            asked.loginHint = Optional.of("ada@acme-ads.example");
            browser.ask(asked.request());
            browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        });
    }

    private static OrganizationPolicy policy(boolean justInTime, List<String> requiredClasses) {
        return new OrganizationPolicy(justInTime, List.of(), List.of(), List.of(), List.of(), Optional.empty(),
                Optional.empty(), requiredClasses, List.of());
    }

    private void policies() {
        signIn(idp -> idp.world.policy(TestWorld.ACME, policy(false, List.of())));
        signIn(idp -> idp.world.policy(TestWorld.ACME, policy(true, List.of("phr"))));
    }

    private void ways() {
        login(_ -> {}, (_, browser) -> browser.postFromElsewhere("/login/arrive/globex-saml", Map.of("SAMLResponse", "x")));
        login(idp -> {
            idp.upstream.unsolicitedTarget = Optional.of("https://app.example/");
            idp.upstream.email = Optional.of("grace@globex-media.example");
        }, (_, browser) -> {
            browser.postFromElsewhere("/login/arrive/globex-saml", Map.of("SAMLResponse", "x"));
            browser.submit("action", "cancel");
        });
        login(_ -> {}, (_, browser) -> browser.go("/login/arrive/acme-oidc?state=" + "A".repeat(22)));
        login(idp -> idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.SUSPENDED),
                (_, browser) -> browser.go("/login/arrive/acme-oidc?state=" + "A".repeat(22)));
    }

    private void ownFaults() {
        for (var fault : List.<RuntimeException>of(new DeadlineExceeded("late"), new IllegalStateException("broken"))) {
            signIn(idp -> {
                idp.upstream.fault = Optional.of(fault);
                catchThrowable(() -> signIn(idp));
                idp.upstream.fault = Optional.empty();
            });
        }
    }
}
