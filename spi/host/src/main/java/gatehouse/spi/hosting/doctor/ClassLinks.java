package gatehouse.spi.hosting.doctor;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one class needs and what it has, by internal names.
 *
 * @param name      its name
 * @param parents   its superclass and interfaces: without them it cannot be loaded
 * @param classes   classes it names
 * @param members   methods and fields of other classes it uses
 * @param declared  methods and fields it has, as name and descriptor
 */
record ClassLinks(String name, Set<String> parents, Set<String> classes, Set<Member> members, Set<String> declared) {

    /**
     * A method or field that is used.
     *
     * @param owner      class that it is looked up in
     * @param signature  name and descriptor
     * @param field      whether it is a field
     */
    record Member(String owner, String signature, boolean field) {

        @Override
        public String toString() {
            var name = signature.substring(0, field ? signature.indexOf(':') : signature.indexOf('('));
            return owner.replace('/', '.') + "." + name + (field ? "" : "()");
        }
    }

    static ClassLinks of(ClassModel model) {
        var classes = new HashSet<String>();
        var members = new HashSet<Member>();
        for (var entry : model.constantPool()) {
            if (entry instanceof ClassEntry named) {
                elementOf(named.asInternalName()).ifPresent(classes::add);
            } else if (entry instanceof MemberRefEntry used && used.owner().asInternalName().charAt(0) != '[') {
                var field = used instanceof FieldRefEntry;
                members.add(new Member(used.owner().asInternalName(),
                        used.name().stringValue() + (field ? ":" : "") + used.type().stringValue(), field));
            }
        }
        var parents = Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(ClassEntry::asInternalName).collect(Collectors.toUnmodifiableSet());
        var declared = Stream.concat(
                model.methods().stream().map(method -> method.methodName().stringValue()
                        + method.methodType().stringValue()),
                model.fields().stream().map(field -> field.fieldName().stringValue() + ":"
                        + field.fieldType().stringValue())).collect(Collectors.toUnmodifiableSet());
        return new ClassLinks(model.thisClass().asInternalName(), parents, classes, members, declared);
    }

    /** The class that an array is made of; empty for arrays of primitives. */
    private static Optional<String> elementOf(String name) {
        if (name.charAt(0) != '[') {
            return Optional.of(name);
        }
        var element = name.substring(name.lastIndexOf('[') + 1);
        return element.charAt(0) == 'L' ? Optional.of(element.substring(1, element.length() - 1)) : Optional.empty();
    }
}
