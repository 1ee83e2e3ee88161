package gatehouse.idp.keys;

/** The published keys of each issuer, prebuilt: current, next and those that still verify. Never empty. */
public interface JwksDocuments {

    /** A JWK Set (RFC 7517 §5) and the entity tag of its bytes. */
    record Document(byte[] json, String etag) {}

    /** The document of {@code issuer} now. Does not wait. */
    Document of(String issuer);
}
