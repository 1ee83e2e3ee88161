package gatehouse.idp.boot.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configured secret: the text itself, or {@code file:} and the path of the file that holds it. Prints as dots. */
public record Secret(String value) {

    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** The secret that {@code configured} names. */
    static Secret read(String configured) {
        if (!configured.startsWith("file:")) {
            return new Secret(configured);
        }
        var path = Path.of(configured.substring("file:".length()));
        try {
            return new Secret(Files.readString(path).strip());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read the secret file " + path);
        }
    }

    public boolean isPresent() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return isPresent() ? "•••" : "";
    }
}
