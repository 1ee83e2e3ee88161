/**
 * RP-initiated logout: ends the browser's session here, after asking the person unless an ID token vouches for the
 * application that asks. OpenID Connect RP-Initiated Logout 1.0.
 */
package gatehouse.idp.oauth.logout;
