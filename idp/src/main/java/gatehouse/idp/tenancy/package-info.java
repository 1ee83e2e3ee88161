/**
 * Organizations, their proven domains and their connections to identity providers, and the settings of issuers. Owns
 * who a domain belongs to. The data plane enters through {@link gatehouse.idp.tenancy.TenancyCatalog}, the control
 * plane through the stores.
 */
package gatehouse.idp.tenancy;
