package gatehouse.idp.boot.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Scalars of the configuration: text, numbers, durations ({@code 500ms}, {@code 10s}, {@code 5m}, {@code 12h}, {@code 90d}). */
final class ConfigValue {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private ConfigValue() {}

    /** @param problem makes the exception for what is wrong with {@code text} */
    static Object read(String text, Class<?> type, Function<String, InvalidConfig> problem) {
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class) {
                return Integer.parseInt(text);
            } else if (type == boolean.class) {
                return switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw problem.apply("must be true or false");
                };
            } else if (type == Duration.class) {
                return duration(text, problem);
            } else if (type == URI.class) {
                return URI.create(text);
            } else if (type == Secret.class) {
                return Secret.read(text);
            } else if (type == List.class) {
                return text.isEmpty() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
            } else if (type == Map.class) {
                return pairs(text, problem);
            }
        } catch (NumberFormatException notANumber) {
            throw problem.apply("must be a whole number");
        } catch (IllegalArgumentException refused) {
            throw problem.apply(": " + refused.getMessage());
        }
        throw new IllegalStateException("no reader for " + type);
    }

    private static Map<String, String> pairs(String text, Function<String, InvalidConfig> problem) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw problem.apply("must be key=value, separated by commas");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
        return pairs;
    }

    private static Duration duration(String text, Function<String, InvalidConfig> problem) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw problem.apply("must be a number and a unit: 500ms, 10s, 5m, 12h or 90d");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** {@code value} as it is written in the file. */
    static String write(Object value) {
        return switch (value) {
            case Duration duration -> {
                long millis = duration.toMillis();
                if (millis % 86_400_000 == 0) {
                    yield millis / 86_400_000 + "d";
                }
                yield millis % 3_600_000 == 0 ? millis / 3_600_000 + "h"
                        : millis % 60_000 == 0 ? millis / 60_000 + "m"
                        : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
            }
            default -> value.toString();
        };
    }
}
