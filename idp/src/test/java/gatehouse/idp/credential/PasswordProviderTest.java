package gatehouse.idp.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.credential.PasswordProvider.Attempt;
import gatehouse.idp.credential.PasswordVerdict.Locked;
import gatehouse.idp.credential.PasswordVerdict.Rejected;
import gatehouse.idp.credential.PasswordVerdict.Verified;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PasswordProviderTest {

    private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1, 32);
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final KeptUsers users = new KeptUsers();
    private final HashPool pool = new HashPool(2, 16);
    private final AtomicInteger hashed = new AtomicInteger();
    private PasswordHashers hashers;
    private PasswordProvider provider;

    /** Knows one hosted algorithm and counts its work. */
    private final class Reversed implements PasswordHasher {
        @Override
        public String algorithm() {
            return "reversed";
        }

        @Override
        public PasswordHash hash(char[] password) {
            return new PasswordHash("reversed", new StringBuilder(new String(password)).reverse().toString(), "",
                    Map.of());
        }

        @Override
        public boolean verify(char[] password, PasswordHash stored) {
            hashed.incrementAndGet();
            return hash(password).hash().equals(stored.hash());
        }
    }

    @BeforeEach
    void rootExists() {
        hashers = new PasswordHashers(new Argon2idHasher(CHEAP, new SecureRandom()), List.of(new Reversed()));
        provider = new PasswordProvider(users, hashers, pool,
                new AttemptLimiter(new FadingAttempts(() -> now), new AttemptLimits(3, 6, Duration.ofMinutes(5))));
        var root = users.add("root", "root@gatehouse.example", Optional.empty());
        users.passwords.put(root.id(), hashers.hash("right".toCharArray()));
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    private PasswordVerdict attempt(String email, String password) {
        return provider.verify(new Attempt("main", email, password.toCharArray(), "192.0.2.1"), soon());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    @Test
    void theRightPasswordIsVerifiedWhateverTheCaseOfTheName() {
        assertThat(attempt("Root@Gatehouse.example", "right")).isInstanceOf(Verified.class);
    }

    @Test
    void wrongPasswordUnknownUserAndUserWithoutPasswordGetOneAnswer() {
        users.add("ada", "ada@acme-ads.example", Optional.empty());
        assertThat(attempt("root@gatehouse.example", "wrong")).isEqualTo(new Rejected());
        assertThat(attempt("nobody@gatehouse.example", "right")).isEqualTo(new Rejected());
        assertThat(attempt("ada@acme-ads.example", "right")).isEqualTo(new Rejected());
        assertThat(attempt("root@gatehouse.example", "")).isEqualTo(new Rejected());
        assertThat(attempt("root@gatehouse.example", "x".repeat(PasswordProvider.PASSWORD_LENGTH_MAX + 1)))
                .isEqualTo(new Rejected());
    }

    @Test
    void afterTooManyFailuresEvenTheRightPasswordIsNotLookedAtUntilTheyFade() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempt("root@gatehouse.example", "wrong")).isEqualTo(new Rejected());
        }
        assertThat(attempt("root@gatehouse.example", "right")).isEqualTo(new Locked());
        now = now.plus(Duration.ofMinutes(5));
        assertThat(attempt("root@gatehouse.example", "right")).isInstanceOf(Verified.class);
    }

    @Test
    void aNameThatDoesNotExistLocksLikeOneThatDoes() {
        for (int i = 0; i < 3; i++) {
            attempt("nobody@gatehouse.example", "wrong");
        }
        assertThat(attempt("nobody@gatehouse.example", "wrong")).isEqualTo(new Locked());
    }

    @Test
    void anAddressThatGuessesManyNamesIsLocked() {
        for (int i = 0; i < 6; i++) {
            attempt("user" + i + "@gatehouse.example", "wrong");
        }
        assertThat(attempt("root@gatehouse.example", "right")).isEqualTo(new Locked());
    }

    @Test
    void successForgetsTheSubjectsFailures() {
        attempt("root@gatehouse.example", "wrong");
        attempt("root@gatehouse.example", "wrong");
        attempt("root@gatehouse.example", "right");
        attempt("root@gatehouse.example", "wrong");
        assertThat(attempt("root@gatehouse.example", "right")).isInstanceOf(Verified.class);
    }

    @Test
    void guessesMadeAtOnceAreLimitedLikeGuessesInTurn() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var verdicts = threads.invokeAll(Collections.nCopies(12,
                    () -> attempt("root@gatehouse.example", "wrong")));
            int lookedAt = 0;
            for (var verdict : verdicts) {
                lookedAt += verdict.get().equals(new Rejected()) ? 1 : 0;
            }
            assertThat(lookedAt).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aHostedHashIsVerifiedAndReplacedByOurs() {
        var imported = users.add("old", "old@gatehouse.example", Optional.empty());
        users.passwords.put(imported.id(), new PasswordHash("reversed", "thgir", "", Map.of()));
        assertThat(attempt("old@gatehouse.example", "wrong")).isEqualTo(new Rejected());
        assertThat(attempt("old@gatehouse.example", "right")).isInstanceOf(Verified.class);
        assertThat(hashed).hasValue(2);
        assertThat(users.passwords.get(imported.id()).algorithm()).isEqualTo("argon2");
        assertThat(attempt("old@gatehouse.example", "right")).isInstanceOf(Verified.class);
        assertThat(hashed).hasValue(2);
    }

    @Test
    void theTypedPasswordIsWiped() {
        var typed = "right".toCharArray();
        provider.verify(new Attempt("main", "root@gatehouse.example", typed, "192.0.2.1"), soon());
        assertThat(typed).containsOnly('\0');
    }

    @Test
    void beyondItsQueueThePoolRefusesAtOnceAndWhatNobodyWaitsForIsSkipped() throws Exception {
        try (var narrow = new HashPool(1, 1); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            var running = threads.submit(() -> narrow.run(() -> {
                busy.countDown();
                return await(release);
            }, soon()));
            busy.await();
            var ran = new AtomicInteger();
            assertThatThrownBy(() -> narrow.run(ran::incrementAndGet, Deadline.after(Duration.ofMillis(20))))
                    .isInstanceOf(DeadlineExceeded.class);
            assertThatThrownBy(() -> narrow.run(ran::incrementAndGet, soon())).isInstanceOf(Unavailable.class);
            release.countDown();
            assertThat(running.get()).isTrue();
            assertThat(onceThereIsRoom(narrow)).isEqualTo(1);
            assertThat(ran).hasValue(0);
        }
    }

    private static int onceThereIsRoom(HashPool pool) {
        var deadline = soon();
        while (true) {
            try {
                return pool.run(() -> 1, deadline);
            } catch (Unavailable full) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
