/**
 * What the machine allows: signatures per core with each library that loads.
 *
 * <p>Owns no key that matters and touches no network. Enters through
 * {@link gatehouse.loadtests.signatures.SignatureCeiling}.
 */
package gatehouse.loadtests.signatures;
