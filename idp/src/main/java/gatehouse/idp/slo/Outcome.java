package gatehouse.idp.slo;

import java.util.Locale;

/** How a request ended, and so whose error budget it touches. */
public enum Outcome {
    SUCCESS,
    USER_ERROR,
    CLIENT_ERROR,
    CONFIG_ERROR,
    UPSTREAM_ERROR,
    SERVER_ERROR,
    BUDGET_EXCEEDED,
    SHED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label. */
    public String label() {
        return label;
    }
}
