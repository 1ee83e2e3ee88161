/** The whole server on real stores, over real HTTP: what only shows when everything is wired as it is shipped. */
package gatehouse.idp.e2e;
