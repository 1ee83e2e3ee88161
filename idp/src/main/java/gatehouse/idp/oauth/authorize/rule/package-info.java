/** One condition per class; each refuses with the error code that its specification gives. */
package gatehouse.idp.oauth.authorize.rule;
