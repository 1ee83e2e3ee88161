package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Schemas;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of declarations: a list of {@code issuers}, each with its own fields and, inside it, lists of
 * {@code organizations} (with {@code domains}, {@code connections} and {@code webhooks} inside), {@code clients},
 * {@code service-providers}, {@code users} and {@code webhooks}; fields as in the admin API.
 */
public final class ConfigFile {

    /** Declarations one file may have. */
    static final int DECLARATIONS_MAX = 10_000;

    private static final List<String> OF_ISSUER = List.of("organizations", "clients", "service-providers", "users",
            "webhooks");
    private static final List<String> OF_ORGANIZATION = List.of("domains", "connections", "webhooks");

    /**
     * One resource as it is to be.
     *
     * @param path     its kind
     * @param issuer   name of its issuer
     * @param key      value of the field that names it
     * @param document what the file says about it
     * @param pointer  where the file says it
     */
    record Declared(String path, String issuer, String key, ObjectNode document, String pointer) {}

    private final YamlTree tree;
    private final List<Declared> declared = new ArrayList<>();

    private ConfigFile(YamlTree tree) {
        this.tree = tree;
    }

    /**
     * Reads and checks a file.
     *
     * @param name      what to call it in problems
     * @param variables what <code>${name}</code> may stand for
     * @throws InvalidFile with line and column of everything that is wrong
     */
    public static ConfigFile read(String name, String text, Map<String, String> variables) {
        var file = new ConfigFile(YamlTree.read(name, text, variables));
        if (file.tree.root() instanceof ObjectNode root) {
            file.readRoot(root);
        } else {
            file.tree.problem(new FieldProblem("", "must be a mapping with the key \"issuers\""));
        }
        file.tree.stopIfInvalid();
        return file;
    }

    private void readRoot(ObjectNode root) {
        root.fieldNames().forEachRemaining(name -> {
            if (!name.equals("issuers")) {
                tree.problem(FieldProblem.of(name, Nearest.unknown("key", name, List.of("issuers"))));
            }
        });
        each(root, "issuers", "", (document, pointer) -> {
            var inner = taken(document, OF_ISSUER);
            var name = document.path("name").asText();
            declare("issuers", name, document, pointer);
            each(inner, "organizations", pointer, (organization, at) -> readOrganization(name, organization, at));
            OF_ISSUER.stream().skip(1).forEach(
                    path -> each(inner, path, pointer, (resource, at) -> declare(path, name, resource, at)));
        });
    }

    private void readOrganization(String issuer, ObjectNode document, String pointer) {
        var inner = taken(document, OF_ORGANIZATION);
        declare("organizations", issuer, document, pointer);
        OF_ORGANIZATION.forEach(path -> each(inner, path, pointer, (resource, at) -> {
            if (resource.has("organization")) {
                tree.problem(new FieldProblem(at + "/organization", "is said by where it stands"));
            }
            resource.set("organization", document.path("id"));
            declare(path, issuer, resource, at);
        }));
    }

    private static ObjectNode taken(ObjectNode document, List<String> names) {
        var taken = JsonNodeFactory.instance.objectNode();
        for (var name : names) {
            if (document.has(name)) {
                taken.set(name, document.remove(name));
            }
        }
        return taken;
    }

    private interface Entry {
        void read(ObjectNode document, String pointer);
    }

    private void each(ObjectNode parent, String name, String pointer, Entry entry) {
        JsonNode list = parent.path(name);
        var at = pointer + "/" + name;
        if (list.isMissingNode() || list.isNull()) {
            return;
        }
        if (!(list instanceof ArrayNode entries)) {
            tree.problem(new FieldProblem(at, "must be a list"));
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof ObjectNode document) {
                entry.read(document, at + "/" + i);
            } else {
                tree.problem(new FieldProblem(at + "/" + i, "must be a mapping"));
            }
        }
    }

    private void declare(String path, String issuer, ObjectNode document, String pointer) {
        var named = Schemas.of(path);
        // Whether it is complete shows when it is compared with what is there.
        named.schema().problems(document, pointer).stream()
                .filter(problem -> !problem.problem().equals("is required"))
                .map(problem -> suggested(path, problem))
                .forEach(tree::problem);
        if (!document.path(named.idField()).isTextual()) {
            tree.problem(new FieldProblem(pointer, named.idField() + " is required: it says which one is meant"));
        }
        if (declared.size() == DECLARATIONS_MAX) {
            tree.problem(new FieldProblem(pointer, "a file has at most " + DECLARATIONS_MAX + " declarations"));
            tree.stopIfInvalid();
        }
        declared.add(new Declared(path, issuer, document.path(named.idField()).asText(), document, pointer));
    }

    /** A name that no field has may have meant one of the lists that stand inside. */
    private static FieldProblem suggested(String path, FieldProblem problem) {
        var inner = path.equals("issuers") ? OF_ISSUER : path.equals("organizations") ? OF_ORGANIZATION : List.<String>of();
        var name = problem.field().substring(problem.field().lastIndexOf('/') + 1);
        return problem.problem().startsWith("unknown field") && !problem.problem().contains("did you mean")
                ? new FieldProblem(problem.field(), Nearest.unknown("field", name, inner))
                : problem;
    }

    List<Declared> declared() {
        return declared;
    }

    /** The problems of one declaration, as problems of the file. */
    InvalidFile invalid(Declared which, InvalidDocument refused) {
        refused.problems().forEach(problem ->
                tree.problem(new FieldProblem(which.pointer() + problem.field(), problem.problem())));
        return invalid();
    }

    /** A problem of one declaration that concerns it as a whole. */
    InvalidFile invalid(Declared which, String what) {
        tree.problem(new FieldProblem(which.pointer(), what));
        return invalid();
    }

    private InvalidFile invalid() {
        try {
            tree.stopIfInvalid();
            throw new IllegalStateException("a problem was noted");
        } catch (InvalidFile noted) {
            return noted;
        }
    }
}
