package gatehouse.idp.tenancy;

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
        String name,
        String displayName,
        boolean enabled,
        Duration accessTokenLifetime,
        Duration idTokenLifetime,
        Duration codeLifetime,
        Duration refreshTokenLifetime,
        SessionLimits sessions,
        long version) {}
