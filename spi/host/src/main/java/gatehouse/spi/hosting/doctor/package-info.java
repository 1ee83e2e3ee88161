/**
 * Judges a provider jar by reading it: which Keycloak SPIs it implements, whether they are hosted, and what it would
 * link against and not find. Runs no code of the jar.
 */
package gatehouse.spi.hosting.doctor;
