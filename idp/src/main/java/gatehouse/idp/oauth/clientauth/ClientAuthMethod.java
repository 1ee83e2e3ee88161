package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.client.Client;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** One way for a client to prove who it is. */
public interface ClientAuthMethod {

    /** Its registered name (RFC 7591 §2, {@code token_endpoint_auth_method}). */
    String name();

    /** Whether it proves anything: a client that only names itself is public. */
    default boolean isConfidential() {
        return true;
    }

    /** JWS algorithms that it accepts, if it takes signatures. */
    default List<String> algorithms() {
        return List.of();
    }

    /** What {@code request} claims by this method; empty if it does not use it. */
    Optional<Claim> read(Request request, Form form);

    /**
     * Who the request says it comes from, and how that is checked.
     *
     * @param clientId named client, as it was sent; empty where it cannot be read
     * @param proof    the check
     */
    record Claim(String clientId, Proof proof) {}

    /** Checks a claim. */
    @FunctionalInterface
    interface Proof {

        /**
         * What is wrong with it; empty if it holds. Takes as long for no client as for one, where that could tell
         * them apart by secret.
         */
        Optional<Reason> check(Optional<Client> client, Deadline deadline);
    }
}
