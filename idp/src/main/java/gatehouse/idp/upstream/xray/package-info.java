/**
 * What happened to a sign-in over a connection, told so that somebody can mend it: the catalogue of what can go wrong
 * ({@link gatehouse.idp.upstream.xray.Diagnosis}), the checks of an attempt as they are made ({@link
 * gatehouse.idp.upstream.xray.Trace}), and how they are kept. Values are bounded and redacted before they get here.
 * Refuses nobody: that is the connectors' work. Entered by {@code login} and {@code portal}, read by {@code admin}.
 */
package gatehouse.idp.upstream.xray;
