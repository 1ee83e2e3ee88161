package gatehouse.idp.oauth.authorize;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an authorization response travels back. */
public enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** How it is spelled in a request. */
    public String wire() {
        return wire;
    }

    /** The mode spelled {@code text}. */
    public static Optional<ResponseMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.wire.equals(text)).findFirst();
    }

    /** All modes, for the metadata. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ResponseMode::wire).toList();
    }
}
