package gatehouse.idp.oauth.clientauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import gatehouse.idp.client.Client;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The public keys of clients, by value or by reference. What was fetched is kept; it is fetched again when it has grown
 * old or a key is missing from it, at most every {@link #RETRY_AFTER} per address, however many assertions ask for it.
 */
public final class ClientKeys {

    /** How long a fetched set is used without asking again. */
    static final Duration FRESH_FOR = Duration.ofMinutes(5);
    /** Least time between two fetches of one address. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    /** How long a set is used when its address no longer answers. */
    static final Duration USED_AT_MOST = Duration.ofHours(24);

    private static final int ADDRESSES_MAX = 10_000;
    private static final JWKSet NONE = new JWKSet();

    /** @param attempt completes when the attempt of {@code triedAt} is over, whatever came of it */
    private record Fetched(JWKSet keys, Instant fetchedAt, Instant triedAt, CompletableFuture<Void> attempt) {}

    private static final Fetched NEVER =
            new Fetched(NONE, Instant.EPOCH, Instant.EPOCH, CompletableFuture.completedFuture(null));

    private final HttpCaller http;
    private final InstantSource clock;
    private final Cache<URI, AtomicReference<Fetched>> known =
            Caffeine.newBuilder().maximumSize(ADDRESSES_MAX).build();

    public ClientKeys(HttpCaller http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /** The keys of {@code client}, at most {@link #FRESH_FOR} old unless their address does not answer. */
    JWKSet of(Client client, Deadline deadline) {
        return client.jwks()
                .orElseGet(() -> client.jwksUri().map(uri -> fetched(uri, FRESH_FOR, deadline)).orElse(NONE));
    }

    /** The keys of {@code client} after another look at their address, if one is allowed now. */
    JWKSet refreshed(Client client, Deadline deadline) {
        return client.jwks().isPresent()
                ? NONE
                : client.jwksUri().map(uri -> fetched(uri, RETRY_AFTER, deadline)).orElse(NONE);
    }

    private JWKSet fetched(URI uri, Duration oldest, Deadline deadline) {
        var cell = known.get(uri, _ -> new AtomicReference<>(NEVER));
        var last = cell.get();
        var now = clock.instant();
        boolean old = !now.isBefore(last.fetchedAt().plus(oldest));
        boolean allowed = !now.isBefore(last.triedAt().plus(RETRY_AFTER));
        var trying = new Fetched(last.keys(), last.fetchedAt(), now, new CompletableFuture<>());
        // Of many callers one fetches; the others use what there is, and wait only where there is nothing.
        if (old && allowed && cell.compareAndSet(last, trying)) {
            fetch(uri, cell, trying.attempt(), deadline);
        }
        if (!isUsable(cell.get(), now)) {
            deadline.await(cell.get().attempt().copy());
        }
        var found = cell.get();
        if (!isUsable(found, now)) {
            throw unreachable();
        }
        return found.keys();
    }

    private static boolean isUsable(Fetched fetched, Instant now) {
        return now.isBefore(fetched.fetchedAt().plus(USED_AT_MOST));
    }

    private void fetch(URI uri, AtomicReference<Fetched> cell, CompletableFuture<Void> attempt, Deadline deadline) {
        try {
            var answer = http.get(uri, Map.of("Accept", "application/jwk-set+json, application/json"), deadline);
            if (answer.status() == 200) {
                var now = clock.instant();
                cell.set(new Fetched(publicKeys(answer.body()), now, now, attempt));
            }
        } catch (OutboundRefused | ParseException unusable) {
            // What was fetched before stays in use; there may be nothing, which the caller sees.
            return;
        } finally {
            attempt.complete(null);
        }
    }

    private static JWKSet publicKeys(byte[] json) throws ParseException {
        return JWKSet.parse(new String(json, StandardCharsets.UTF_8)).toPublicJWKSet();
    }

    private static OAuthError unreachable() {
        return OAuthError.of(ErrorCode.TEMPORARILY_UNAVAILABLE, Reason.CLIENT_KEYS_UNREACHABLE,
                "The client's jwks_uri does not answer with keys.");
    }
}
