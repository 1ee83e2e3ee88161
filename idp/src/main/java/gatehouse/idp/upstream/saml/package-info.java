/**
 * SAML identity providers of organizations: leaving for them with an AuthnRequest and judging their responses, each
 * rule of saml-profiles §4.1.4.3 as something that must hold. Refuses to open a connection that has no key to verify
 * with. Fetches metadata when it is first needed and through the guarded client only. Entered through {@link
 * gatehouse.idp.upstream.saml.SamlConnectorType}.
 */
package gatehouse.idp.upstream.saml;
