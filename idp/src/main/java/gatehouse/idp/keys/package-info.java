/**
 * Signing keys of each issuer: their birth, overlap and end, wrapped at rest; signing and verifying with them. Refuses
 * to hand out a private key. Enter through {@link gatehouse.idp.keys.JwtSigner}, {@link
 * gatehouse.idp.keys.JwtVerifier}, {@link gatehouse.idp.keys.JwksDocuments} and {@link gatehouse.idp.keys.SamlKeys}.
 * RFC 7515, 7517, 7638, 9068.
 */
package gatehouse.idp.keys;
