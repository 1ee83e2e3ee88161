/**
 * What was measured, as a Markdown table for people and as JSON for programs.
 *
 * <p>Owns words and rounding; judges nothing beyond marking a row whose errors make it invalid. Enters through
 * {@link gatehouse.loadtests.report.MarkdownReport} and {@link gatehouse.loadtests.report.JsonReport}.
 */
package gatehouse.loadtests.report;
