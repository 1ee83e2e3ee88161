package gatehouse.idp.samlwire;

import gatehouse.idp.http.Form;
import java.util.Optional;

/**
 * What one party sends along and gets back unchanged (saml-bindings §3.4.3). Ours is a handle of 22 characters. Another
 * party's may be longer than the 80 bytes of the specification, as many are, and is nothing but text to us.
 */
public final class RelayState {

    /** Its parameter. */
    public static final String PARAMETER = "RelayState";

    /** Characters of another party's that are carried for it. */
    public static final int LENGTH_MAX = 2_048;

    private RelayState() {}

    /** The relay state in {@code form}; empty if there is none. */
    public static Optional<String> in(Form form) {
        return form.nonEmpty(PARAMETER).filter(value -> value.length() <= LENGTH_MAX);
    }
}
