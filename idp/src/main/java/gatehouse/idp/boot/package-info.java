/**
 * Puts the house together: command line, configuration, and the wiring that makes every object once, in the order a
 * request meets them. Nobody uses it.
 */
package gatehouse.idp.boot;
