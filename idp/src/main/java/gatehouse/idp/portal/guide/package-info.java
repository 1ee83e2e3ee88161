/**
 * What each identity provider calls things, so that the portal can say them in its words: which form there takes which
 * of our values, and where it shows the ones we ask for. Sentences are messages ({@code guide.<provider>.<protocol>.<n>});
 * names of fields are as that product writes them, in English, and are not translated.
 */
package gatehouse.idp.portal.guide;
