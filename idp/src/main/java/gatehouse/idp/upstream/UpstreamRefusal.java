package gatehouse.idp.upstream;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.util.Locale;
import java.util.Optional;

/** An answer of an identity provider that is not accepted, or a provider that cannot be used. */
public final class UpstreamRefusal extends Refusal {

    /** Whose it is to mend. */
    public enum Fault {
        /** The person who signs in: cancelled, not assigned to the app. */
        USER,
        /** The customer's administrator: settings here or there. */
        CONFIGURATION,
        /** The identity provider: slow, down, talking nonsense. */
        UPSTREAM,
        /** Somebody attacks, or a message went astray. */
        HOSTILE
    }

    private final Enum<?> reason;
    private final Diagnosis diagnosis;
    private final Fault fault;
    private final Optional<Compared> compared;

    /**
     * @param reason      a constant of the protocol's closed list ({@code SamlReason}, {@code OidcReason})
     * @param diagnosis   its entry in the error catalogue
     * @param description for the person on the error page: plain, without values from the message
     */
    public UpstreamRefusal(Enum<?> reason, Diagnosis diagnosis, Fault fault, String description) {
        this(reason, diagnosis, fault, description, Optional.empty());
    }

    /** @param compared what did not fit, for the administrator */
    public UpstreamRefusal(
            Enum<?> reason, Diagnosis diagnosis, Fault fault, String description, Optional<Compared> compared) {
        super(description);
        this.reason = reason;
        this.diagnosis = diagnosis;
        this.fault = fault;
        this.compared = compared;
    }

    /** Its entry in the error catalogue. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    @Override
    public Optional<Compared> compared() {
        return compared;
    }

    /** Whose it is to mend. */
    public Fault fault() {
        return fault;
    }

    @Override
    public Blame blame() {
        return switch (fault) {
            case USER -> Blame.USER;
            case CONFIGURATION -> Blame.CONFIGURATION;
            case UPSTREAM -> Blame.UPSTREAM;
            case HOSTILE -> Blame.CLIENT;
        };
    }

    @Override
    public String reason() {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
