package gatehouse.idp.admin;

import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.upstream.metadata.Drift;

/** Asks before a connection would trust more than it does: whoever says yes says it to the differences they were shown. */
final class TrustQuestion {

    private static final int SHOWN_MAX = 1024;

    private TrustQuestion() {
    }

    /**
     * Lets {@code drift} through if it lowers no trust, or was accepted.
     *
     * @param what     what would lower trust: {@code The import}
     * @param accepted the id that was sent, empty if none
     * @param how      how to say yes, without the id
     * @throws ProblemError if it has to be asked
     */
    static void ask(Drift drift, String what, String accepted, String how) {
        if (!drift.lowersTrust() || drift.id().equals(accepted)) {
            return;
        }
        var differences = drift.differences().stream().filter(one -> one.kind().lowersTrust())
                .map(one -> new FieldProblem("", one.kind().wireName() + ": " + shown(one.before()) + " → "
                        + shown(one.after())))
                .toList();
        throw new ProblemError(ProblemError.Reason.LOWERS_TRUST, what + " would replace or loosen what the connection"
                + " trusts today: see errors. To do it all the same, send " + how.formatted(drift.id()) + '.',
                differences);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
