/**
 * Someone else is the identity provider: leaving for it and judging what comes back. Each protocol is one
 * {@link gatehouse.idp.upstream.ConnectorType}. Refuses everything whose origin is not proved; nothing here decides which
 * user an identity is. Entered by {@code login}.
 */
package gatehouse.idp.upstream;
