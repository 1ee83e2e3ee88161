package gatehouse.idp.samlwire;

import gatehouse.idp.http.Refusal;
import java.util.Locale;

/** A SAML message, metadata document or peer that is not accepted. */
public final class SamlError extends Refusal {

    private final SamlReason cause;

    public SamlError(SamlReason cause) {
        this(cause, cause.text());
    }

    /** @param description replaces the reason's own sentence; free of values that only the message claims */
    public SamlError(SamlReason cause, String description) {
        super(description);
        this.cause = cause;
    }

    /** Why, typed. */
    public SamlReason why() {
        return cause;
    }

    @Override
    public String reason() {
        return "saml_" + cause.name().toLowerCase(Locale.ROOT);
    }
}
