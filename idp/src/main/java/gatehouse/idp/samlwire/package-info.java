/**
 * SAML 2.0 on the wire, for both roles: reading XML within limits, the Redirect and POST bindings, signatures,
 * encryption and metadata. Messages and metadata are OpenSAML's objects here and nowhere else. Refuses everything that
 * no configured key vouches for: what leaves {@link gatehouse.idp.samlwire.SignatureVerifier} is rebuilt from the octets
 * that a signature covers, and from nothing else. Knows no issuer, no user and no flow. Entered through
 * {@link gatehouse.idp.samlwire.SamlWire}. saml-core, saml-bindings, saml-metadata, xmldsig, xmlenc.
 */
package gatehouse.idp.samlwire;
