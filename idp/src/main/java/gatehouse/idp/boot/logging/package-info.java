/** Log lines: one JSON object a line, or text for people, each with the trace id of its request. */
package gatehouse.idp.boot.logging;
