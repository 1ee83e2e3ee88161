package gatehouse.idp.page;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record as the map that a template sees: its components, in texts, numbers, lists and maps. What is empty is
 * absent. No Java object gets through.
 */
final class PageModel {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            var components = type.getRecordComponents();
            for (var component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    private PageModel() {}

    static Map<String, Object> of(Record record) {
        var model = new HashMap<String, Object>();
        for (var component : COMPONENTS.get(record.getClass())) {
            plain(read(component, record)).ifPresent(value -> model.put(component.getName(), value));
        }
        return model;
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("page " + record.getClass().getSimpleName(), broken);
        }
    }

    private static Optional<Object> plain(Object value) {
        return switch (value) {
            case Optional<?> perhaps -> perhaps.flatMap(PageModel::plain);
            case Enum<?> constant -> Optional.of(constant.name());
            case Record record -> Optional.of(of(record));
            case List<?> list -> Optional.of(list.stream().flatMap(item -> plain(item).stream()).toList());
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<Object, Object>();
                map.forEach((key, item) -> plain(item).ifPresent(kept -> plain.put(key, kept)));
                yield Optional.of(plain);
            }
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number);
            case Boolean flag -> Optional.of(flag);
            case Object other -> throw new IllegalArgumentException("a template may not see " + other.getClass()
                    .getName());
        };
    }
}
