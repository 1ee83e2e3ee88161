/**
 * The SAML corpus: several hundred messages that must be refused and some dozens that must log in, made by generators
 * from one conforming response, so that every one has fresh times and addresses. The same messages run against a
 * connection directly, where each has its exact reason and a bound on its cost, and over HTTP against a whole server.
 */
package gatehouse.idp.upstream.saml.corpus;
