/**
 * Latency budgets and what was spent of them: one total per journey, stages timed in the wiring, histograms for both.
 */
package gatehouse.idp.slo;
