package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.sessions.SessionLimits;
import java.time.Duration;

/**
 * The settings of one issuer.
 *
 * @param name                 its name, see {@link gatehouse.spi.Issuer#name()}
 * @param displayName          what people read on its pages
 * @param enabled              whether it answers at all
 * @param accessTokenLifetime  lifetime of access tokens, 10 s to 1 day
 * @param idTokenLifetime      lifetime of ID tokens
 * @param codeLifetime         lifetime of authorization codes, at most 10 minutes (RFC 6749 §4.1.2)
 * @param refreshTokenLifetime absolute lifetime of a refresh family without a session ({@code offline_access})
 * @param sessions             lifetimes of browser sessions
 * @param version              grows with every change
 */
public record IssuerSettings(
        @Described(value = "Its name; \"main\" is the issuer at the root, NAME another under /realms/NAME.",
                access = Access.IDENTITY, min = 1, max = 63, pattern = "^[a-z0-9][a-z0-9-]*$")
        String name,
        @Described(value = "What people read on its pages.", max = 200, min = 1)
        String displayName,
        @Described("Whether it answers at all.")
        boolean enabled,
        @Described(value = "Lifetime of access tokens, seconds.", min = 10, max = 86_400)
        Duration accessTokenLifetime,
        @Described(value = "Lifetime of ID tokens, seconds.", min = 10, max = 86_400)
        Duration idTokenLifetime,
        @Described(value = "Lifetime of authorization codes, seconds.", min = 5, max = 600)
        Duration codeLifetime,
        @Described(value = "Absolute lifetime of refresh tokens that outlive the session, seconds.", min = 60,
                max = 31_536_000)
        Duration refreshTokenLifetime,
        @Described("Lifetimes of browser sessions, seconds, and how many a user may have.")
        SessionLimits sessions,
        @Described(value = "Grows with every change; also the ETag.", access = Access.READ_ONLY, max = Long.MAX_VALUE)
        long version) {}
