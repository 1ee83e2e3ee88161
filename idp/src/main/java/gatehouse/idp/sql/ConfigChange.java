package gatehouse.idp.sql;

import java.util.Optional;

/**
 * Something in SQL that caches may hold has changed.
 *
 * @param kind         what kind of thing
 * @param issuer       name of its issuer
 * @param id           its id, as its cache knows it
 * @param organization its organization, if it has one
 */
public record ConfigChange(Kind kind, String issuer, String id, Optional<String> organization) {

    /** Kinds of things that are cached. */
    public enum Kind {
        ISSUER,
        ORGANIZATION,
        DOMAIN,
        CONNECTION,
        CLIENT,
        SERVICE_PROVIDER,
        USER,
        KEYS,
        METADATA,
        WEBHOOK
    }
}
