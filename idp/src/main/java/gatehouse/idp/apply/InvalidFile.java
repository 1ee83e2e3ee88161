package gatehouse.idp.apply;

import java.util.List;

/** A file that cannot be applied: what is wrong, and where. Carries no stack trace. */
public final class InvalidFile extends RuntimeException {

    /** One thing that is wrong. @param line from 1 @param column from 1 */
    public record Problem(int line, int column, String what) {

        String in(String file) {
            return file + ":" + line + ":" + column + ": " + what;
        }
    }

    private final List<Problem> problems;

    InvalidFile(String file, List<Problem> problems) {
        super(String.join("\n", problems.stream().map(problem -> problem.in(file)).toList()), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
