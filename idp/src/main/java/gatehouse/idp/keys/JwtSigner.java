package gatehouse.idp.keys;

/** Signs with the current key of an issuer. CPU only: keys are in memory. */
public interface JwtSigner {

    /**
     * The compact JWS over {@code claims} (a JSON object, UTF-8), with {@code kid} and {@code typ} in its header.
     *
     * @param issuer name of the issuer
     * @param type   {@code at+jwt}, {@code JWT}, {@code logout+jwt}, …
     */
    String sign(String issuer, SigningAlgorithm algorithm, String type, byte[] claims);
}
