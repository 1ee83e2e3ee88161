/**
 * The admin API under {@code /admin/v1}: JSON resources with ETags and keyset pages, who may reach which, and the
 * OpenAPI document computed from the very list of operations that answers. Every resource belongs to an issuer, named
 * by the query parameter {@code issuer} ({@code main} if it is absent). An organization's administrator is given its
 * own organization by query: what belongs to another one is not found. RFC 9457, 9110 §13, 7396, 6750.
 */
package gatehouse.idp.admin;
