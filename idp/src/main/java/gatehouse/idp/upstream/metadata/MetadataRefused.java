package gatehouse.idp.upstream.metadata;

import gatehouse.idp.http.Refusal;
import java.util.Locale;

/** Metadata that cannot be had, or that is not accepted. Its description is for the administrator. */
public final class MetadataRefused extends Refusal {

    /** Why. */
    public enum Cause {
        /** Nobody answers at the address, or not with metadata. */
        UNAVAILABLE,
        /** The document cannot be used. */
        INVALID,
        /** It was accepted once, and its validity has ended. */
        EXPIRED
    }

    private final Cause cause;

    public MetadataRefused(Cause cause, String description) {
        super(description);
        this.cause = cause;
    }

    /** Why, typed. */
    public Cause why() {
        return cause;
    }

    @Override
    public String reason() {
        return "metadata_" + cause.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Blame blame() {
        return cause == Cause.INVALID ? Blame.CONFIGURATION : Blame.UPSTREAM;
    }
}
