package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to sign somebody in (saml-core §3.4.1), as it is sent and as it is received.
 *
 * @param id              answered by {@code InResponseTo}
 * @param issuer          entityID of the service provider
 * @param issueInstant    when it was made
 * @param destination     where it was sent
 * @param acsUrl          where the answer is wanted
 * @param acsIndex        the same, as an index into the service provider's metadata
 * @param protocolBinding URN of the binding that the answer is wanted by
 * @param forceAuthn      whether the person must be asked again
 * @param passive         whether the person must not be asked anything
 * @param nameIdFormat    URN of the wanted NameID format
 * @param nameIdCreatable whether an identifier may be made for a person who has none yet ({@code AllowCreate})
 * @param context         the wanted ways of signing in
 * @param subject         the NameID of who is probably signing in
 */
public record AuthnRequest(
        String id,
        String issuer,
        Instant issueInstant,
        Optional<String> destination,
        Optional<String> acsUrl,
        Optional<Integer> acsIndex,
        Optional<String> protocolBinding,
        boolean forceAuthn,
        boolean passive,
        Optional<String> nameIdFormat,
        boolean nameIdCreatable,
        RequestedContexts context,
        Optional<String> subject) {

    /**
     * The wanted ways of signing in (saml-core §3.3.2.2.1).
     *
     * @param comparison {@code exact}, {@code minimum}, {@code better} or {@code maximum}
     * @param classes    URIs, best first; empty: any will do
     */
    public record RequestedContexts(String comparison, List<String> classes) {

        /** Any way will do. */
        public static final RequestedContexts ANY = new RequestedContexts("exact", List.of());

        public RequestedContexts {
            classes = List.copyOf(classes);
        }
    }
}
