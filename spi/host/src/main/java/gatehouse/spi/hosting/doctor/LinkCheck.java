package gatehouse.spi.hosting.doctor;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows the classes of one jar from its providers on and collects what they need and nothing has. Members are checked
 * on classes outside the jar; those of the JDK are left to the compiler that built the jar.
 */
final class LinkCheck {

    private static final List<String> BEFORE_22 =
            List.of("javax/ws/rs/", "javax/persistence/", "javax/enterprise/", "javax/inject/", "javax/mail/");

    private final Map<String, ClassLinks> jar;
    private final ClassIndex index;
    private final Set<String> missingClasses = new TreeSet<>();
    private final Set<String> missingMembers = new TreeSet<>();
    private final Set<String> unloadable = new TreeSet<>();
    private final Set<String> reached = new HashSet<>();

    LinkCheck(Map<String, ClassLinks> jar, ClassIndex index, Collection<String> roots) {
        this.jar = jar;
        this.index = index;
        var open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            var name = open.remove();
            if (reached.add(name) && jar.containsKey(name)) {
                check(jar.get(name));
                open.addAll(jar.get(name).classes());
            }
        }
    }

    private void check(ClassLinks links) {
        for (var name : links.classes()) {
            if (index.find(name).isEmpty()) {
                missingClasses.add(name);
            }
        }
        for (var parent : links.parents()) {
            if (index.find(parent).isEmpty()) {
                unloadable.add(links.name());
            }
        }
        for (var member : links.members()) {
            if (!jar.containsKey(member.owner()) && !isOfJdk(member.owner()) && !index.has(member)) {
                missingMembers.add(member.toString());
            }
        }
    }

    private static boolean isOfJdk(String name) {
        return name.startsWith("java/") || name.startsWith("jdk/") || name.startsWith("sun/");
    }

    /** Missing classes in their source form. */
    List<String> missingClasses() {
        return missingClasses.stream().map(name -> name.replace('/', '.')).toList();
    }

    /** Missing methods and fields, as {@code owner.name()}. */
    List<String> missingMembers() {
        return List.copyOf(missingMembers);
    }

    /** Whether {@code className} cannot be loaded, because it extends or implements what nothing has. */
    boolean cannotLoad(String className) {
        var name = className.replace('.', '/');
        return !jar.containsKey(name) && index.find(name).isEmpty() || isUnloadable(name);
    }

    private boolean isUnloadable(String name) {
        return unloadable.contains(name)
                || jar.containsKey(name) && jar.get(name).parents().stream().anyMatch(this::isUnloadable);
    }

    /** Whether it was built against the {@code javax} names that Keycloak left with release 22. */
    boolean isBefore22() {
        return missingClasses.stream().anyMatch(name -> BEFORE_22.stream().anyMatch(name::startsWith));
    }

    /** Whether a class under {@code prefix} is used. */
    boolean uses(String prefix) {
        return reached.stream().anyMatch(name -> name.startsWith(prefix));
    }
}
