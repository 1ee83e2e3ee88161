/**
 * We are the SAML identity provider: a service provider's request comes in, a person signs in, a signed response goes
 * out to an address that was registered before. Until request and address are proved, a refusal is a page and never a
 * post to somewhere. Entered through {@link gatehouse.idp.samlidp.SamlIdpRoutes}. saml-profiles §4.1, saml-bindings
 * §3.4, §3.5.
 */
package gatehouse.idp.samlidp;
