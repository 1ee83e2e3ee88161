package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.StatusCode;
import java.util.Optional;

/** What judging a request came to, once it is proved where an answer may go. */
sealed interface RequestVerdict {

    /** A person may sign in for it. */
    record Accepted(ServiceProvider serviceProvider, AuthnRequest request, AcceptedRequest accepted)
            implements RequestVerdict {}

    /** The service provider is told no. */
    record Declined(ReturnAddress to, StatusCode status, Optional<StatusCode> detail) implements RequestVerdict {}

    /** Where an answer goes. @param acs a registered address of {@code serviceProvider} */
    record ReturnAddress(String serviceProvider, String acs, Optional<String> requestId, Optional<String> relayState) {}
}
