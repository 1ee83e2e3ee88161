package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error as a provider words it (RFC 6749 §4.1.2.1, §5.2), for the administrator only: its code, and the description
 * without what could be a secret of ours that it repeats.
 *
 * @param code        {@code error}; empty if it is none
 * @param description {@code error_description}
 */
record ProviderError(String code, Optional<String> description) {

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");
    /** As long as codes, verifiers, assertions and good secrets are; words are shorter. */
    private static final Pattern LIKE_A_SECRET = Pattern.compile("[A-Za-z0-9_\\-.~+/=%]{20,}");

    static ProviderError of(Map<String, ?> members) {
        return new ProviderError(text(members, "error").filter(error -> CODE.matcher(error).matches()).orElse(""),
                text(members, "error_description"));
    }

    private static Optional<String> text(Map<String, ?> members, String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** What the administrator reads. @param hidden a secret that must not be in it, if there is one */
    Compared received(String otherwise, Optional<String> hidden) {
        var told = description.filter(text -> hidden.filter(text::contains).isEmpty())
                .map(text -> ": " + LIKE_A_SECRET.matcher(text).replaceAll("…"));
        return Compared.received((code.isEmpty() ? otherwise : code) + told.orElse(""));
    }
}
