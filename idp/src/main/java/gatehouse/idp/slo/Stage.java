package gatehouse.idp.slo;

import java.util.Locale;

/** What a request waits for or works on; the unit of latency attribution. */
public enum Stage {
    REDIS,
    SQL,
    CRYPTO,
    UPSTREAM,
    TEMPLATE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label. */
    public String label() {
        return label;
    }
}
