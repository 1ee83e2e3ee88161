/**
 * What a step does once the dispatcher has chosen it: pages and their answers, leaving for an identity provider, the
 * end, and beginning anew. None of it knows which step comes next.
 */
package gatehouse.idp.login.step;
