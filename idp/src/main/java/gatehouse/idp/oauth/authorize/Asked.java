package gatehouse.idp.oauth.authorize;

import gatehouse.idp.http.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An authorization request whose target is proven: all else in it is still only asked.
 *
 * @param target     where the answer goes
 * @param parameters as they were sent
 */
public record Asked(Target target, Form parameters) {

    /** The value of {@code name} unless it is absent or empty. */
    public Optional<String> one(String name) {
        return parameters.nonEmpty(name);
    }

    /** The words of the space-separated parameter {@code name}. */
    public List<String> words(String name) {
        return one(name).map(value -> Arrays.stream(value.split(" ")).filter(word -> !word.isEmpty()).toList())
                .orElse(List.of());
    }
}
