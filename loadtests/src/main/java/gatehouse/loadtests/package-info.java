/**
 * Black-box load for any OpenID Provider: the command line, and the order in which things are run.
 *
 * <p>Speaks HTTP to what it measures and shares no code with it. Enters through {@link gatehouse.loadtests.Main}.
 */
package gatehouse.loadtests;
