/**
 * What Linux says about the processes under load: CPU time, resident memory, who listens on a port.
 *
 * <p>Owns the reading of {@code /proc}; refuses to guess where a process cannot be found. Enters through
 * {@link gatehouse.loadtests.process.Meter}.
 */
package gatehouse.loadtests.process;
