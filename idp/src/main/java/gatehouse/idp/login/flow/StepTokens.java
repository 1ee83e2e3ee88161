package gatehouse.idp.login.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Step tokens: a form's proof that its step was shown by us, to this browser, at this generation of this flow. They
 * are the forms' protection against forgery across sites, too.
 */
public final class StepTokens {

    private static final int MAC_BYTES = 16;

    private final LoginKeys keys;

    public StepTokens(LoginKeys keys) {
        this.keys = keys;
    }

    /** A step that was truly shown. Whether it is still its turn is for the caller to see. */
    public record Shown(String step, int generation) {}

    /** The token for {@code step} of {@code kept}. */
    public String issue(String step, KeptFlow kept) {
        return step + "." + kept.generation() + "." + mac(step, kept.generation(), kept);
    }

    /** The step that {@code token} proves for this flow; empty for anything else. */
    public Optional<Shown> verify(String token, KeptFlow kept) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int generation = Integer.parseInt(parts[1]);
        var expected = mac(parts[0], generation, kept).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.UTF_8))
                ? Optional.of(new Shown(parts[0], generation))
                : Optional.empty();
    }

    private String mac(String step, int generation, KeptFlow kept) {
        var mac = keys.stepMac(String.join("\n", kept.id(), kept.flow().browser(), step, Integer.toString(generation)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, MAC_BYTES));
    }
}
