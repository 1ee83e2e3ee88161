package gatehouse.idp.sql;

/** A write that the state of the database does not allow: somebody else was first, or something refers to the row. */
public final class RowRefused extends RuntimeException {

    /** Why. */
    public enum Cause {
        /** There is one already. */
        DUPLICATE,
        /** It names something that does not exist. */
        REFERENCE_MISSING,
        /** Others refer to it. */
        IN_USE,
        /** It was changed since it was read. */
        CHANGED_MEANWHILE
    }

    private final Cause why;
    private final String constraint;

    public RowRefused(Cause why, String constraint) {
        super(why + " " + constraint, null, false, false);
        this.why = why;
        this.constraint = constraint;
    }

    /** Why. */
    public Cause why() {
        return why;
    }

    /** Name of the constraint that spoke; a table for {@link Cause#CHANGED_MEANWHILE}. */
    public String constraint() {
        return constraint;
    }
}
