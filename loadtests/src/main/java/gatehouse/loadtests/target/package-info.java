/**
 * Which provider is driven: a properties file and the provider's own discovery document.
 *
 * <p>Owns every key of the file, with its default; refuses unknown keys and bad values by name. Enters through
 * {@link gatehouse.loadtests.target.TargetFile}.
 */
package gatehouse.loadtests.target;
