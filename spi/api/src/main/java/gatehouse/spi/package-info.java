/**
 * The contracts between the server and what extends it: deadlines, typed identifiers, and one interface for each kind
 * of extension. JDK types only, so that an extension in a class loader of its own can share them.
 */
package gatehouse.spi;
