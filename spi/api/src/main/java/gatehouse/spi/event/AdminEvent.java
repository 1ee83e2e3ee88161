package gatehouse.spi.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of configuration or people, after it was committed. Carries no secret.
 *
 * @param id             unique id of the event
 * @param time           when it was committed
 * @param issuer         name of the issuer the actor was authenticated at
 * @param operation      {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code ACTION}
 * @param resourceType   {@code USER}, {@code CLIENT}, {@code ORGANIZATION}, {@code IDENTITY_PROVIDER}, …
 * @param resourcePath   path of what changed, relative to the admin API
 * @param actorClientId  the client that made the change, if any
 * @param actorUserId    the person who made it, if any
 * @param ipAddress      where the request came from, if known
 * @param representation the resource after the change as JSON, without secrets; empty when it is gone
 */
public record AdminEvent(
        String id,
        Instant time,
        String issuer,
        String operation,
        String resourceType,
        String resourcePath,
        Optional<String> actorClientId,
        Optional<String> actorUserId,
        Optional<String> ipAddress,
        Optional<String> representation) {
}
