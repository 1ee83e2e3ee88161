package gatehouse.idp.upstream;

import java.util.Map;

/** How the browser gets to the identity provider. */
public sealed interface Departure {

    /** What {@link Arrival#pending()} gets back: nonce, code verifier, request id. Opaque, kept sealed, used once. */
    byte[] pending();

    /** By redirect to {@code url}. */
    record Redirect(String url, byte[] pending) implements Departure {}

    /** By a form that posts itself, with a button for browsers without scripts. */
    record PostForm(String action, Map<String, String> fields, byte[] pending) implements Departure {}
}
