package gatehouse.idp.schema;

/**
 * What is wrong with one field of a document.
 *
 * @param field   JSON Pointer of the field (RFC 6901); empty for the document itself
 * @param problem what is wrong, for its author; never the value
 */
public record FieldProblem(String field, String problem) {

    /** The problem of the field whose path is {@code names}. */
    public static FieldProblem of(String name, String problem) {
        return new FieldProblem("/" + name.replace("~", "~0").replace("/", "~1"), problem);
    }
}
