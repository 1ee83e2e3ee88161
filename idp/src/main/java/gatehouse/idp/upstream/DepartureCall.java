package gatehouse.idp.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the login wants of an identity provider.
 *
 * @param handle     unguessable, single-use; comes back with the answer. 22 base64url characters
 * @param loginHint  who is probably signing in
 * @param forceAuthn whether the provider must ask the user again ({@code prompt=login}, {@code ForceAuthn})
 * @param passive    whether the provider must not ask the user anything ({@code prompt=none}, {@code IsPassive})
 * @param maxAge     oldest authentication that is good enough
 * @param acrValues  wanted authentication context classes, best first
 * @param uiLocales  the user's languages, best first (BCP 47)
 */
public record DepartureCall(
        String handle,
        Optional<String> loginHint,
        boolean forceAuthn,
        boolean passive,
        Optional<Duration> maxAge,
        List<String> acrValues,
        List<String> uiLocales) {}
