package gatehouse.idp.samlwire;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Refusal;
import java.util.Locale;
import java.util.Optional;

/** A SAML message, metadata document or peer that is not accepted. */
public final class SamlError extends Refusal {

    private final SamlReason cause;
    private final Optional<Compared> compared;

    public SamlError(SamlReason cause) {
        this(cause, cause.text());
    }

    /** @param description replaces the reason's own sentence; free of values that only the message claims */
    public SamlError(SamlReason cause, String description) {
        super(description);
        this.cause = cause;
        this.compared = Optional.empty();
    }

    /** @param compared what did not fit */
    public SamlError(SamlReason cause, Compared compared) {
        super(cause.text());
        this.cause = cause;
        this.compared = Optional.of(compared);
    }

    /** Why, typed. */
    public SamlReason why() {
        return cause;
    }

    @Override
    public Optional<Compared> compared() {
        return compared;
    }

    @Override
    public String reason() {
        return "saml_" + cause.name().toLowerCase(Locale.ROOT);
    }
}
