/**
 * How load is put on and measured: by the clock (open loop), or as much as is carried (closed loop).
 *
 * <p>Owns arrival times, latencies and windows; knows no protocol. An error is counted apart and never as
 * throughput. Enters through {@link gatehouse.loadtests.load.Measurement}.
 */
package gatehouse.loadtests.load;
