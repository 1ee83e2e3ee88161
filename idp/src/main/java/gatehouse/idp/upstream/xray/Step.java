package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;
import java.util.Locale;

/** One check of an attempt, and what came of it. */
public record Step(Check check, Verdict verdict, Compared compared) {

    /** What came of a check. */
    public enum Verdict {
        PASSED,
        FAILED,
        /** It does not apply here: nothing was encrypted, no {@code at_hash} was sent. */
        NOT_NEEDED,
        /** An earlier failure came first. */
        NOT_REACHED;

        /** As it is written in answers. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
