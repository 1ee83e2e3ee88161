/**
 * What a customer's administrator sees: from a setup link to a tested, enforced connection, and its health afterwards.
 * Owns the portal's routes, its cookie and its screens. Everything it reads or changes is asked for with the issuer and
 * the organization of the session; a connection of another organization does not exist here. Changes go through the
 * admin API's {@link gatehouse.idp.admin.resource.Editor}, so that what may be set and what is put on record is the
 * same. Enter through {@link gatehouse.idp.portal.PortalRoutes}.
 */
package gatehouse.idp.portal;
