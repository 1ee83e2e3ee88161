/**
 * Relying parties: OAuth clients and SAML service providers, under the names that their specifications give their
 * metadata (RFC 7591). The data plane enters through {@link gatehouse.idp.client.ClientCatalog}.
 */
package gatehouse.idp.client;
