/**
 * HTTP as a client of an OpenID Provider sees it: one keep-alive client, cookies, HTML forms, JSON fields.
 *
 * <p>Owns limits on what a server may answer (size, time, redirects). Refuses every answer that a journey does
 * not expect, as {@link gatehouse.loadtests.http.UnexpectedAnswer}. Enters through
 * {@link gatehouse.loadtests.http.HttpDriver} and {@link gatehouse.loadtests.http.Browser}.
 */
package gatehouse.loadtests.http;
