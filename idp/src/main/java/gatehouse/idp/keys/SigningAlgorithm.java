package gatehouse.idp.keys;

/** JWS algorithms this server signs with (RFC 7518 §3.1). */
public enum SigningAlgorithm {
    ES256,
    RS256
}
