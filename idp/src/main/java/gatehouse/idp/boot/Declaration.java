package gatehouse.idp.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a start declares before it listens.
 *
 * @param yaml configuration in the format of {@code apply}, if any
 * @param servesDemo whether the demo app and its API are served
 */
public record Declaration(Optional<String> yaml, boolean servesDemo) {

    /** Nothing: the server serves what its database says. */
    public static Declaration none() {
        return new Declaration(Optional.empty(), false);
    }

    /** The demo. */
    public static Declaration demo() {
        try (var stream = Declaration.class.getResourceAsStream("/demo.yaml")) {
            return new Declaration(Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8)), true);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
