package gatehouse.idp.upstream.xray;

import java.util.Locale;

/** Who can mend what went wrong with a sign-in. */
public enum Fixer {
    /** The customer's administrator, here: settings of the connection, domains. */
    YOU,
    /** Whoever administers the identity provider, there. */
    IDP_ADMIN,
    /** The people who run this server. */
    US,
    /** The person who signs in: trying again, another account, asking for access. */
    PERSON;

    /** As it is written in answers and message keys. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
