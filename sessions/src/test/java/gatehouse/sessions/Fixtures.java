package gatehouse.sessions;

import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Values that the tests of this module speak of. */
public final class Fixtures {

    public static final ClientId CLIENT = new ClientId("demo-app");
    public static final Instant AUTH_TIME = Instant.parse("2026-11-20T09:30:15.123Z");

    private Fixtures() {}

    public static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    public static UserId someUser() {
        return new UserId(UUID.randomUUID().toString());
    }

    public static OrganizationId someOrganization() {
        return new OrganizationId(UUID.randomUUID().toString());
    }

    /** A local user without organization or upstream. */
    public static Authentication local(UserId user) {
        return new Authentication(
                "main", user, Optional.empty(), Optional.empty(), AUTH_TIME, "1", List.of("pwd"));
    }

    /** A user who came through an organization's SAML connection. */
    public static Authentication federated(UserId user, OrganizationId organization) {
        var upstream = new UpstreamSession(
                new ConnectionId(UUID.randomUUID().toString()),
                "grace@globex-media.example",
                Optional.of("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
                Optional.of("_" + UUID.randomUUID()),
                Optional.of(new UpstreamSession.Name(
                        "grace@globex-media.example", Optional.empty(), Optional.empty())));
        return new Authentication(
                "main", user, Optional.of(organization), Optional.of(upstream), AUTH_TIME, "2", List.of("fed", "mfa"));
    }

    public static AuthorizationCode code(Session session, FamilyId family, Instant expiresAt) {
        return new AuthorizationCode(
                CLIENT,
                Optional.of("http://localhost:8080/demo/callback"),
                List.of("openid", "email", "api:read"),
                session.authentication(),
                session.id(),
                family,
                Optional.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                Optional.of("n-0S6_WzA2Mj"),
                List.of("https://api.example"),
                Map.of("resource", "https://api.example", "claims", "{}"),
                expiresAt);
    }

    public static RefreshFamily family(Session session, FamilyId id, Instant expiresAt) {
        return family(session.authentication(), Optional.of(session.id()), id, expiresAt);
    }

    public static RefreshFamily offlineFamily(Session session, FamilyId id, Instant expiresAt) {
        return family(session.authentication(), Optional.empty(), id, expiresAt);
    }

    private static RefreshFamily family(
            Authentication authentication, Optional<SessionId> session, FamilyId id, Instant expiresAt) {
        return new RefreshFamily(
                id,
                CLIENT,
                List.of("openid", "offline_access"),
                authentication,
                session,
                List.of("https://api.example"),
                Map.of("nonce", "n-0S6_WzA2Mj"),
                expiresAt);
    }

    /** Runs {@code task} {@code times} times, all at once; answers what each came to. */
    public static <T> List<T> atOnce(int times, Callable<T> task) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var i = 0; i < times; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            var outcomes = new ArrayList<T>();
            for (var future : running) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }
}
