package gatehouse.idp.directory;

import gatehouse.spi.ConnectionId;

/** Names an upstream identity: the key by which it is known again. */
public record AccountLink(ConnectionId connection, String subject) {

    /** Longest subject accepted (a SAML persistent NameID has at most 256 characters, an OIDC sub 255). */
    public static final int SUBJECT_LENGTH_MAX = 256;

    public AccountLink {
        if (subject.isEmpty() || subject.length() > SUBJECT_LENGTH_MAX) {
            throw new IllegalArgumentException("a subject has 1 to " + SUBJECT_LENGTH_MAX + " characters");
        }
    }
}
