/**
 * Keeps foreign code from harming anything but itself: bounded platform threads, time budgets, circuit breakers,
 * quarantine, and what a failure means for each kind of provider. Knows nothing of Keycloak.
 */
package gatehouse.spi.hosting.guard;
