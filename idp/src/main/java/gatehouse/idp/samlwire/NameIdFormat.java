package gatehouse.idp.samlwire;

import java.util.Optional;

/** How a subject is named (saml-core §8.3). */
public enum NameIdFormat {
    UNSPECIFIED("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
    EMAIL_ADDRESS("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
    PERSISTENT("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
    TRANSIENT("urn:oasis:names:tc:SAML:2.0:nameid-format:transient");

    private final String urn;

    NameIdFormat(String urn) {
        this.urn = urn;
    }

    /** Its URN. */
    public String urn() {
        return urn;
    }

    /** The format with this URN, if it is one of these. */
    public static Optional<NameIdFormat> of(String urn) {
        for (var format : values()) {
            if (format.urn.equals(urn)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
