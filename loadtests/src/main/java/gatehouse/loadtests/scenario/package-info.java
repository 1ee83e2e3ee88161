/**
 * The journeys: what is asked of a provider, and what its answers must be.
 *
 * <p>Owns the protocol of a client (OAuth 2.0, OpenID Connect, RFC 7662); refuses every answer that is not a
 * success in full. Knows no product: everything special to one is in its properties file. Enters through
 * {@link gatehouse.loadtests.scenario.Journeys}.
 */
package gatehouse.loadtests.scenario;
