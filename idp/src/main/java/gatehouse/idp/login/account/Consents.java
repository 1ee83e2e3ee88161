package gatehouse.idp.login.account;

import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.sessions.FlowStore;
import gatehouse.sessions.SessionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What people have allowed applications, remembered as long as the session in which they did. */
public final class Consents {

    private static final String KIND = "consent";

    private final FlowStore store;

    public Consents(FlowStore store) {
        this.store = store;
    }

    /** Whether {@code party} was allowed all of {@code scopes} in session {@code session}. */
    public boolean cover(SessionId session, RelyingParty party, List<String> scopes, Deadline deadline) {
        return store.find(KIND, id(session, party), deadline)
                .filter(kept -> read(kept.state()).containsAll(scopes))
                .isPresent();
    }

    /** Remembers that {@code scopes} were allowed, beside what was before. */
    public void remember(SessionId session, RelyingParty party, List<String> scopes, Duration lifetime,
            Deadline deadline) {
        var id = id(session, party);
        var before = store.find(KIND, id, deadline);
        var all = new HashSet<>(scopes);
        before.ifPresent(kept -> all.addAll(read(kept.state())));
        var state = String.join(" ", all).getBytes(StandardCharsets.UTF_8);
        // Lost to a consent given at the same moment, this one is asked for again: a question too many, never too few.
        if (before.isPresent()) {
            store.replace(KIND, id, before.get().generation(), state, lifetime, deadline);
        } else {
            store.keep(KIND, id, state, lifetime, deadline);
        }
    }

    private static Set<String> read(byte[] state) {
        return Set.copyOf(List.of(new String(state, StandardCharsets.UTF_8).split(" ")));
    }

    private static String id(SessionId session, RelyingParty party) {
        try {
            var name = String.join("\n", session.value(), party.kind(), party.id());
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
