package gatehouse.idp.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is not what its schema or its meaning demands. Says every problem at once; has no stack trace. */
public final class InvalidDocument extends RuntimeException {

    private final List<FieldProblem> problems;

    public InvalidDocument(List<FieldProblem> problems) {
        super(problems.stream().map(p -> p.field() + ": " + p.problem()).collect(Collectors.joining("; ")),
                null, false, false);
        this.problems = List.copyOf(problems);
    }

    public InvalidDocument(String field, String problem) {
        this(List.of(FieldProblem.of(field, problem)));
    }

    /** What is wrong, in the order it was found; never empty. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
