/**
 * Declarative configuration: a YAML file that says how things are to be. Owns the file's format, the comparison with
 * what is there, and the report. What a file does not name stays as it is. Refuses unknown keys, bad values and unknown
 * variables, with line and column, before anything is written. Entered by the commands {@code apply} and {@code demo}.
 */
package gatehouse.idp.apply;
