package gatehouse.idp.tenancy;

import gatehouse.spi.OrganizationId;
import java.util.Locale;

/**
 * A DNS name that an organization has proved to own. Compared by whole labels, in lower case, IDNA A-labels.
 *
 * @param name         the name, for example {@code acme-ads.example}
 * @param issuer       name of the issuer
 * @param organization its one owner within the issuer
 */
public record VerifiedDomain(String name, String issuer, OrganizationId organization) {

    /** Whether {@code email} is an address directly at this domain. */
    public boolean covers(String email) {
        int at = email.lastIndexOf('@');
        return at > 0 && email.substring(at + 1).toLowerCase(Locale.ROOT).equals(name);
    }
}
