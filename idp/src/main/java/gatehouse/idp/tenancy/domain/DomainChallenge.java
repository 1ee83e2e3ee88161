package gatehouse.idp.tenancy.domain;

import gatehouse.idp.tenancy.DomainClaim;

/**
 * The TXT record that proves a claim.
 *
 * @param domain the domain, without the {@code *.} of a claim on subdomains: proving it proves them
 * @param host   where the record is wanted
 * @param text   what it must hold
 */
public record DomainChallenge(String domain, String host, String text) {

    private static final String LABEL = "_gatehouse-challenge.";
    private static final String PREFIX = "gatehouse-domain-verification=";

    /** The record that {@code claim} asks for. */
    public static DomainChallenge of(DomainClaim claim) {
        var domain = claim.name().startsWith("*.") ? claim.name().substring(2) : claim.name();
        return new DomainChallenge(domain, LABEL + domain, PREFIX + claim.challenge());
    }

    /** Where the record ends up if a provider adds its zone to a name that was given in full. */
    String doubledHost() {
        return host + "." + domain;
    }

    /** Whether {@code seen} is a record for this server, right or wrong. */
    static boolean isOurs(String seen) {
        return seen.startsWith(PREFIX);
    }
}
