/**
 * Whose login it is: which organization and connection an e-mail address leads to, which user an upstream identity
 * is, what their authentication is called, and what they have allowed whom.
 */
package gatehouse.idp.login.account;
