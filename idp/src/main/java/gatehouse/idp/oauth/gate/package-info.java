/**
 * The questions that every OAuth endpoint asks before it says yes: may this client, organization and user be used
 * now, and does this access token still stand? Asked at the start and again at completion.
 */
package gatehouse.idp.oauth.gate;
