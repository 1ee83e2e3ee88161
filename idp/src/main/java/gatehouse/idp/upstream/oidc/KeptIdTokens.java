package gatehouse.idp.upstream.oidc;

import gatehouse.sessions.FlowStore;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * The last ID token of each session at a provider, for telling the provider whom to sign out: many ask back, or refuse,
 * without it. Kept sealed, for a day at most, of connections only that sign out upstream; who signs out later does so
 * without one.
 */
final class KeptIdTokens {

    private static final String KIND = "oidc-id-token";
    /** What goes into an address that every browser and server takes. */
    private static final int LENGTH_MAX = 6000;
    private static final Duration KEPT = Duration.ofDays(1);

    private final Issuer issuer;
    private final FlowStore store;

    KeptIdTokens(Issuer issuer, FlowStore store) {
        this.issuer = issuer;
        this.store = store;
    }

    /** Keeps {@code idToken} instead of an earlier one. A token too long for an address is not kept. */
    void keep(UpstreamSession session, String idToken, Deadline deadline) {
        take(session, deadline);
        if (idToken.length() <= LENGTH_MAX) {
            store.keep(KIND, name(session), idToken.getBytes(StandardCharsets.US_ASCII), KEPT, deadline);
        }
    }

    /** Takes out the token of {@code session}, if there is one. */
    Optional<String> take(UpstreamSession session, Deadline deadline) {
        return store.take(KIND, name(session), deadline)
                .map(kept -> new String(kept.state(), StandardCharsets.US_ASCII));
    }

    private String name(UpstreamSession session) {
        var parts = String.join("\n", issuer.name(), session.connection().value(), session.subject(),
                session.index().orElse(""));
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
