package gatehouse.idp.admin;

import gatehouse.idp.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the admin API: what answers a method and path, and all that OpenAPI says about it. The routes and
 * the document are both computed from the list of these.
 *
 * @param method     HTTP method
 * @param path       path below {@code /admin/v1}
 * @param id         operationId
 * @param tag        what it is about
 * @param summary    what it does, in a sentence
 * @param need       who may
 * @param parameters query parameters beside {@code issuer}
 * @param request    name of the body's schema
 * @param success    status when it works
 * @param response   name of the answer's schema
 * @param conditional whether {@code If-Match} is required
 * @param handler    who answers
 */
record Operation(
        String method,
        String path,
        String id,
        String tag,
        String summary,
        Need need,
        List<Parameter> parameters,
        Optional<String> request,
        int success,
        Optional<String> response,
        boolean conditional,
        Handler handler) {

    /** Who may. */
    enum Need {
        /** Every administrator; an organization's sees its own. */
        READ,
        /** Administrators of the organization and operators. */
        CHANGE,
        /** Those who may read the whole deployment. */
        DEPLOYMENT_READ,
        /** Operators only. */
        OPERATOR;

        /** Whether it changes something. */
        boolean changes() {
            return this == CHANGE || this == OPERATOR;
        }
    }

    /** A query parameter. @param type JSON Schema type */
    record Parameter(String name, String type, String description) {}

    /** Answers an admitted call. */
    interface Handler {
        Reply handle(AdminCall call);
    }

    static final Parameter LIMIT =
            new Parameter("limit", "integer", "Entries at most, 1 to 200; 50 if absent.");
    static final Parameter PAGE_TOKEN =
            new Parameter("page_token", "string", "next_page_token of the page before.");
    static final Parameter DRY_RUN =
            new Parameter("dry_run", "boolean", "true: judge and answer as if, and change nothing.");
    static final Parameter ORGANIZATION =
            new Parameter("organization", "string", "Only of this organization.");

    /** An operation that is read with GET. */
    static Operation get(String path, String id, String tag, String summary, Need need, String response,
            Handler handler) {
        return new Operation("GET", path, id, tag, summary, need, List.of(), Optional.empty(), 200,
                Optional.of(response), false, handler);
    }

    /** An operation without an answer's body. */
    static Operation act(
            String method, String path, String id, String tag, String summary, Need need, Handler handler) {
        return new Operation(method, path, id, tag, summary, need, List.of(), Optional.empty(), 204,
                Optional.empty(), false, handler);
    }

    Operation with(Parameter... more) {
        var all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new Operation(method, path, id, tag, summary, need, List.copyOf(all), request, success, response,
                conditional, handler);
    }

    /** This operation with another method. */
    Operation as(String other) {
        return new Operation(other, path, id, tag, summary, need, parameters, request, success, response, conditional,
                handler);
    }

    /** This operation with a body. */
    Operation taking(String schema) {
        return new Operation(method, path, id, tag, summary, need, parameters, Optional.of(schema), success, response,
                conditional, handler);
    }

    /** This operation with another status and answer. */
    Operation answering(int status, String schema) {
        return new Operation(method, path, id, tag, summary, need, parameters, request, status, Optional.of(schema),
                conditional, handler);
    }

    /** This operation, only with {@code If-Match}. */
    Operation ifMatch() {
        return new Operation(method, path, id, tag, summary, need, parameters, request, success, response, true,
                handler);
    }
}
