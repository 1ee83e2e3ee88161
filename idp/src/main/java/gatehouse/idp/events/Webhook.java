package gatehouse.idp.events;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.spi.OrganizationId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A receiver of events.
 *
 * @param id              its id
 * @param issuer          name of the issuer whose events it receives
 * @param organization    receives this organization's only; empty: all of the issuer
 * @param displayName     what operators call it
 * @param url             where deliveries go
 * @param eventTypes      what it wants to be told; empty: everything
 * @param enabled         whether anything is delivered; nothing is collected for one that is not
 * @param disabledBecause why the server disabled it
 * @param secrets         what deliveries are signed with, the newest first
 * @param version         grows with every change
 */
public record Webhook(
        @Described(value = "Its id.", access = Access.IDENTITY, min = 1, max = 64,
                pattern = "^[a-z0-9][a-z0-9._-]*$")
        String id,
        @Described(value = "Name of the issuer whose events it receives.", access = Access.READ_ONLY)
        String issuer,
        @Described(value = "Receives events of this organization only; absent: of all, and of the issuer itself.",
                access = Access.IDENTITY, min = 1, max = 64)
        Optional<OrganizationId> organization,
        @Described(value = "What operators call it.", min = 1, max = 200)
        String displayName,
        @Described(value = "Where deliveries are posted: an https address on the public Internet. Redirects are not"
                + " followed.", max = 2048, format = "uri")
        URI url,
        @Described(value = "Types of events to deliver; none: all of them.", max = 64, entriesMax = 64)
        List<String> eventTypes,
        @Described("Whether events are collected and delivered. It is switched off by itself after failing for days.")
        boolean enabled,
        @Described(value = "Why the server switched it off.", access = Access.READ_ONLY)
        Optional<String> disabledBecause,
        @Described(value = "Sealed.", access = Access.INTERNAL)
        List<WebhookSecret> secrets,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {

    public Webhook {
        eventTypes = List.copyOf(eventTypes);
        secrets = List.copyOf(secrets);
    }

    /** This with other secrets. */
    public Webhook signedWith(List<WebhookSecret> others) {
        return new Webhook(id, issuer, organization, displayName, url, eventTypes, enabled, disabledBecause, others,
                version);
    }

    /** This, switched off by the server. */
    public Webhook disabled(String why) {
        return new Webhook(id, issuer, organization, displayName, url, eventTypes, false, Optional.of(why), secrets,
                version);
    }

    /** The signatures of a delivery at {@code now}: one for each secret in use, separated by spaces. */
    String signatures(String message, Instant now, String body) {
        return secrets.stream().filter(secret -> secret.expiresAt().map(now::isBefore).orElse(true))
                .map(secret -> secret.signature(message, now.getEpochSecond(), body))
                .collect(Collectors.joining(" "));
    }
}
