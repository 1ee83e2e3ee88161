package gatehouse.idp.keys;

/** What a key of an issuer is for. Each purpose has its own line of keys that follow one another. */
public enum KeyPurpose {
    /** Signs tokens with ECDSA on P-256. */
    TOKEN_ES256("sig", "ES256"),
    /** Signs tokens with RSASSA-PKCS1-v1_5. */
    TOKEN_RS256("sig", "RS256"),
    /**
     * Signs the assertions by which we prove to OpenID Providers who we are, with ECDSA on P-256. Never a token key:
     * what is in such an assertion is chosen by whoever sets the connection up.
     */
    CLIENT_ES256("client-sig", "ES256"),
    /** The same with RSASSA-PKCS1-v1_5. */
    CLIENT_RS256("client-sig", "RS256"),
    /** Signs SAML messages. */
    SAML_SIGNING("saml-signing", "RSA"),
    /** Decrypts SAML assertions that were encrypted to us. */
    SAML_ENCRYPTION("saml-encryption", "RSA");

    private final String use;
    private final String algorithm;

    KeyPurpose(String use, String algorithm) {
        this.use = use;
        this.algorithm = algorithm;
    }

    /** How operators read it: {@code sig}, {@code client-sig}, {@code saml-signing}, {@code saml-encryption}. */
    public String use() {
        return use;
    }

    /** The algorithm as operators read it: a JWS algorithm, or the kind of key. */
    public String algorithm() {
        return algorithm;
    }

    /** Whether keys of this purpose sign tokens, and are therefore published in the JWK Set. */
    boolean signsTokens() {
        return this == TOKEN_ES256 || this == TOKEN_RS256;
    }

    /** Whether keys of this purpose are published in a JWK Set, ours for relying parties or ours for providers. */
    boolean signsJwts() {
        return signsTokens() || this == CLIENT_ES256 || this == CLIENT_RS256;
    }

    boolean isElliptic() {
        return this == TOKEN_ES256 || this == CLIENT_ES256;
    }

    static KeyPurpose of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> TOKEN_ES256;
            case RS256 -> TOKEN_RS256;
        };
    }

    /** For proving to OpenID Providers who we are. */
    static KeyPurpose ofClient(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> CLIENT_ES256;
            case RS256 -> CLIENT_RS256;
        };
    }
}
