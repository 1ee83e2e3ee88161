/**
 * Pages as values: one record per template of the module {@code themes}, whose components are the only variables the
 * template sees. Owns rendering, languages and the pages' security headers. Enter through {@link
 * gatehouse.idp.page.Pages}.
 */
package gatehouse.idp.page;
