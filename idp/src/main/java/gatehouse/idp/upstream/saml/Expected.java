package gatehouse.idp.upstream.saml;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a response must say to be the answer that is waited for.
 *
 * @param issuer      entityID of the identity provider
 * @param audiences   our names for this connection, the usual one first
 * @param recipients  our assertion consumer services for this connection, the usual one first
 * @param requestId   the request it answers; empty: it must answer none
 * @param signedInAt  the earliest sign-in that is good enough, if the person was to be asked again
 * @param contexts    one of these ways of signing in is needed; empty: any will do
 * @param clockSkew   by how much the provider's clock may differ
 */
record Expected(
        String issuer,
        List<String> audiences,
        List<String> recipients,
        Optional<String> requestId,
        Optional<Instant> signedInAt,
        List<String> contexts,
        Duration clockSkew) {

    Expected {
        audiences = List.copyOf(audiences);
        recipients = List.copyOf(recipients);
    }

    /** What we are usually called. */
    String audience() {
        return audiences.getFirst();
    }

    /** Where we usually are. */
    String recipient() {
        return recipients.getFirst();
    }
}
