package gatehouse.idp.upstream.xray;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is written behind the requests about attempts. */
public sealed interface Entry {

    /** A new attempt. @param message kept if it failed and there is room */
    record Seen(Connection over, Attempt attempt, Optional<Message> message) implements Entry {}

    /** How an attempt ended that had {@linkplain Outcome#ARRIVED arrived}, and the checks that decided it. */
    record Ended(
            String issuer,
            String id,
            OrganizationId organization,
            ConnectionId connection,
            Instant at,
            Outcome outcome,
            Optional<Diagnosis> diagnosis,
            Optional<String> person,
            List<Step> steps) implements Entry {}
}
