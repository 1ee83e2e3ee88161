package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.samlwire.IssuedResponse.IssuedAssertion;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.sessions.FlowStore;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What service providers were told: which name of a person and which index of a session stand for whom, for as long as
 * the session may live. A transient name leads nowhere without it, and no name of ours can be reversed. A service
 * provider finds its own entries only.
 */
final class GivenNames {

    private static final String BY_INDEX = "saml-index";
    private static final String BY_NAME = "saml-name";
    private static final int TRIES = 3;

    private final FlowStore store;
    private final SubjectNames names;
    private final InstantSource time;

    GivenNames(FlowStore store, SubjectNames names, InstantSource time) {
        this.store = store;
        this.names = names;
        this.time = time;
    }

    /** A session as one service provider knows it. @param format of {@code name} */
    record Given(SessionId session, String index, NameIdFormat format, String name) {}

    /** Remembers what {@code said} tells {@code sp} of {@code session}. */
    void remember(ServiceProvider sp, Session session, IssuedAssertion said, Deadline deadline) {
        var lifetime = Duration.between(time.instant(), session.expiresAt());
        if (!lifetime.isPositive()) {
            return;
        }
        put(BY_INDEX, key(sp, said.sessionIndex()),
                String.join("\n", session.id().value(), said.nameIdFormat().name(), said.nameId()), lifetime, deadline);
        put(BY_NAME, key(sp, said.nameId()), session.authentication().user().value(), lifetime, deadline);
    }

    private void put(String kind, String id, String text, Duration lifetime, Deadline deadline) {
        var state = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TRIES && !store.keep(kind, id, state, lifetime, deadline); i++) {
            var kept = store.find(kind, id, deadline);
            if (kept.isPresent()
                    && store.replace(kind, id, kept.get().generation(), state, lifetime, deadline)) {
                return;
            }
        }
    }

    private static String key(ServiceProvider sp, String value) {
        return sp.issuer() + '\n' + sp.entityId() + '\n' + value;
    }

    /** The session that {@code sp} knows by {@code index}. */
    Optional<Given> byIndex(ServiceProvider sp, String index, Deadline deadline) {
        return store.find(BY_INDEX, key(sp, index), deadline)
                .map(kept -> new String(kept.state(), StandardCharsets.UTF_8).split("\n", 3))
                .map(parts -> new Given(new SessionId(parts[0]), index, NameIdFormat.valueOf(parts[1]), parts[2]));
    }

    /** What {@code sp} was told of {@code session}. */
    Optional<Given> of(ServiceProvider sp, SessionId session, Deadline deadline) {
        return byIndex(sp, names.sessionIndex(session, sp), deadline);
    }

    /** Whom {@code sp} knows by {@code name}. */
    Optional<UserId> user(ServiceProvider sp, LogoutRequest.Name name, Deadline deadline) {
        return store.find(BY_NAME, key(sp, name.value()), deadline)
                .map(kept -> new UserId(new String(kept.state(), StandardCharsets.UTF_8)));
    }
}
