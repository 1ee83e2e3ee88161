package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.sql.SecretBox;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pages of a listing. The place where the next one begins is sealed for the listing it belongs to: a token that was
 * changed, made up, or taken from another listing, issuer or organization is refused.
 */
final class Paging {

    static final int LIMIT_MAX = 200;
    static final int LIMIT_DEFAULT = 50;

    private final SecretBox box;

    Paging(SecretBox box) {
        this.box = box;
    }

    /** Entries wanted at most. */
    static int limit(AdminCall call) {
        var text = call.request().query().optional("limit");
        if (text.isEmpty()) {
            return LIMIT_DEFAULT;
        }
        if (!text.get().matches("[1-9]\\d{0,2}") || Integer.parseInt(text.get()) > LIMIT_MAX) {
            throw ProblemError.invalidRequest("limit must be 1.." + LIMIT_MAX);
        }
        return Integer.parseInt(text.get());
    }

    /** Where the wanted page begins; empty for the first. */
    Optional<String> after(AdminCall call) {
        return call.request().query().optional("page_token").map(token -> open(token, call));
    }

    private String open(String token, AdminCall call) {
        try {
            return box.open(token, place(call));
        } catch (IllegalStateException | IllegalArgumentException | NegativeArraySizeException forged) {
            throw ProblemError.invalidRequest("page_token is not one of this listing");
        }
    }

    /**
     * A page.
     *
     * @param rows up to one more than wanted: its presence says that there is a next page
     */
    <T> ObjectNode page(AdminCall call, List<T> rows, Function<T, ObjectNode> shown, Function<T, String> position) {
        int limit = limit(call);
        var page = JsonNodeFactory.instance.objectNode();
        var items = page.putArray("items");
        rows.stream().limit(limit).map(shown).forEach(items::add);
        if (rows.size() > limit) {
            page.put("next_page_token", box.seal(position.apply(rows.get(limit - 1)), place(call)));
        }
        return page;
    }

    private static String place(AdminCall call) {
        var query = call.request().query();
        var filters = new StringBuilder();
        query.names().stream().filter(name -> !name.equals("page_token") && !name.equals("limit")).sorted()
                .forEach(name -> filters.append('|').append(name).append('=').append(query.optional(name).orElse("")));
        return "page|" + call.request().path() + "|" + call.issuer() + "|"
                + call.admin().organization().map(Object::toString).orElse("") + filters;
    }
}
