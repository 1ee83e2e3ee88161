/**
 * A login in progress: what is known so far, where it is kept, which browser it belongs to, and the proof that a form
 * was its turn. Owns the cookies and tokens of a flow; decides nothing about the login.
 */
package gatehouse.idp.login.flow;
