package gatehouse.idp.portal;

import gatehouse.idp.tenancy.SetupIntent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A step of a setup, in the order people take them; each has an address of its own. */
public enum Step {
    /** Which identity provider it is. */
    PROVIDER,
    /** Our addresses and names, for the other side. */
    VALUES,
    /** Theirs, for us. */
    METADATA,
    /** Which domains are the organization's: beside the others, needed before everybody is let in. */
    DOMAIN,
    /** A real sign-in that is only looked at. */
    TEST,
    /** What came, and what it becomes. */
    MAPPING,
    /** For testers, then for everybody. */
    ACTIVATE,
    /** The only way in. */
    ENFORCE,
    /** How it has been doing since. */
    HEALTH;

    /** As it is written in addresses and message keys. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The step written {@code slug}. */
    public static Optional<Step> of(String slug) {
        return Arrays.stream(values()).filter(step -> step.slug().equals(slug)).findFirst();
    }

    /** The steps that {@code intent} is about. */
    public static List<Step> of(SetupIntent intent) {
        return switch (intent) {
            case SSO -> List.of(values());
            case DOMAIN -> List.of(DOMAIN);
            case CERTIFICATE_RENEWAL -> List.of(METADATA, TEST, HEALTH);
        };
    }
}
