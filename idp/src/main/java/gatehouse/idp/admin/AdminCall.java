package gatehouse.idp.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.http.Request;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Rows;
import gatehouse.spi.Deadline;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * One admitted call of the admin API.
 *
 * @param admin  who calls, proved
 * @param issuer name of the issuer it is about
 */
record AdminCall(Request request, Admin admin, String issuer, Deadline deadline) {

    /** Longest body: room for SAML metadata. */
    static final int BODY_BYTES_MAX = 1 << 20;

    /** What the caller can see. */
    Rows.Scope scope() {
        return new Rows.Scope(issuer, admin.organization());
    }

    /** In whose name changes are made. */
    Editor.Call editing() {
        return new Editor.Call(admin, issuer, request.clientAddress(), request.traceId());
    }

    /** Whether the caller only wants to know what would happen. */
    boolean isDryRun() {
        return request.query().optional("dry_run").map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemError.invalidRequest("dry_run must be true or false");
        }).orElse(false);
    }

    /**
     * The body as a JSON object.
     *
     * @param mediaTypes accepted besides {@code application/json}
     * @throws ProblemError if it is of another type, too large, or not a JSON object
     */
    ObjectNode body(List<String> mediaTypes) {
        var type = request.header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !mediaTypes.contains(type)) {
            throw new ProblemError(ProblemError.Reason.MEDIA_TYPE, "Send application/json.");
        }
        if (request.body().length > BODY_BYTES_MAX) {
            throw new ProblemError(ProblemError.Reason.BODY_TOO_LARGE, "At most " + BODY_BYTES_MAX + " bytes.");
        }
        try {
            if (RecordJson.MAPPER.readTree(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            var at = malformed.getLocation();
            throw ProblemError.invalidRequest("The body is not JSON"
                    + (at == null ? "." : ": see line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
        throw ProblemError.of(new InvalidDocument(List.of(new FieldProblem("", "must be a JSON object"))));
    }
}
