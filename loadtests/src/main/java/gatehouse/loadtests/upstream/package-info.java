/**
 * The driver's own identity provider, SAML and OpenID Connect, so that a federated login can be measured without
 * the cost of somebody else's.
 *
 * <p>Signs whoever comes by in, without a question, as one of a fixed number of people: for loopback and load
 * only. Enters through {@link gatehouse.loadtests.upstream.Upstream}.
 */
package gatehouse.loadtests.upstream;
