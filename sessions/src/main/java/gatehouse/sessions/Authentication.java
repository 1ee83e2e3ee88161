package gatehouse.sessions;

import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who proved to be whom, when and how: what a session is opened with.
 *
 * @param issuer       name of the issuer
 * @param user         the user
 * @param organization the organization the user signed in to, if any
 * @param upstream     the upstream session, if the user came through a connection
 * @param authTime     when the user last proved it ({@code auth_time})
 * @param acr          authentication context class reached
 * @param amr          methods used (RFC 8176)
 */
public record Authentication(
        String issuer,
        UserId user,
        Optional<OrganizationId> organization,
        Optional<UpstreamSession> upstream,
        Instant authTime,
        String acr,
        List<String> amr) {

    public Authentication {
        authTime = authTime.truncatedTo(ChronoUnit.MILLIS); // what every store keeps
        amr = List.copyOf(amr);
    }
}
