package gatehouse.idp.boot.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The keys that a tree of configuration records has. */
final class ConfigKeys {

    private ConfigKeys() {}

    /** One leaf. @param path dotted, for example {@code redis.command-timeout} */
    record Key(String path, Class<?> type, Object defaultValue, String meaning) {

        /** The environment variable that sets it. */
        String environment() {
            return "GATEHOUSE_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        }
    }

    /** All leaves below {@code defaults}, in declaration order. */
    static List<Key> of(Record defaults) {
        var keys = new ArrayList<Key>();
        collect("", defaults, keys);
        return keys;
    }

    private static void collect(String prefix, Record section, List<Key> keys) {
        for (var component : section.getClass().getRecordComponents()) {
            var path = prefix + keyOf(component);
            var value = valueOf(component, section);
            if (value instanceof Record nested && !(nested instanceof Secret)) {
                collect(path + '.', nested, keys);
            } else {
                keys.add(new Key(path, component.getType(), value, component.getAnnotation(Doc.class).value()));
            }
        }
    }

    /** {@code requestsMax} → {@code requests-max}. */
    static String keyOf(RecordComponent component) {
        var key = new StringBuilder();
        for (var c : component.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                key.append('-').append(Character.toLowerCase(c));
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }

    static Object valueOf(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("configuration records are readable", impossible);
        }
    }
}
