package gatehouse.idp.admin;

import gatehouse.idp.http.Refusal;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.RowRefused;
import java.util.List;
import java.util.Locale;

/** A "no" of the admin API, sent as {@code application/problem+json} (RFC 9457). */
public final class ProblemError extends Refusal {

    /** Why, and the status that says so. */
    public enum Reason {
        INVALID_REQUEST(400, "The request is not correct"),
        INVALID_DOCUMENT(400, "The document is not correct"),
        NOT_AUTHENTICATED(401, "An access token is needed"),
        TOKEN_INVALID(401, "The access token is not accepted"),
        NOT_ALLOWED(403, "The access token does not allow this"),
        NOT_FOUND(404, "There is no such resource"),
        EXISTS(409, "There is one already"),
        REFERENCE_MISSING(409, "Something it names does not exist"),
        IN_USE(409, "Others refer to it"),
        NOT_READY(409, "Partners are not prepared for it"),
        NOT_HELD(409, "There is no such change to decide on"),
        LOWERS_TRUST(409, "It would lower the connection's security"),
        NOT_KEPT(409, "It is not kept"),
        CHANGED_MEANWHILE(412, "It was changed since it was read"),
        BODY_TOO_LARGE(413, "The document is too large"),
        MEDIA_TYPE(415, "The document has the wrong media type"),
        METADATA_REFUSED(422, "The metadata cannot be used"),
        NOT_VERIFIED(422, "The domain is not proved"),
        IF_MATCH_MISSING(428, "If-Match is needed");

        private final int status;
        private final String title;

        Reason(int status, String title) {
            this.status = status;
            this.title = title;
        }
    }

    private final Reason reason;
    private final List<FieldProblem> errors;

    ProblemError(Reason reason, String description, List<FieldProblem> errors) {
        super(description);
        this.reason = reason;
        this.errors = List.copyOf(errors);
    }

    ProblemError(Reason reason, String description) {
        this(reason, description, List.of());
    }

    /** The problem of a document, field by field. */
    static ProblemError of(InvalidDocument invalid) {
        return new ProblemError(Reason.INVALID_DOCUMENT, "The document is not correct: see errors.",
                invalid.problems());
    }

    /** What the database would not do. */
    static ProblemError of(RowRefused refused) {
        return switch (refused.why()) {
            case DUPLICATE -> new ProblemError(Reason.EXISTS, switch (refused.constraint()) {
                case "domain_verified" -> "Another organization has this domain verified.";
                case "account_local_email" -> "Another local user has this e-mail address.";
                case "organization_id_key" -> "An organization of another issuer has this id.";
                default -> "There is one with this id already.";
            });
            case REFERENCE_MISSING -> new ProblemError(Reason.REFERENCE_MISSING,
                    "The issuer, or the organization it names, does not exist.");
            case IN_USE -> new ProblemError(Reason.IN_USE, "Others refer to it: delete them first.");
            case CHANGED_MEANWHILE -> new ProblemError(Reason.CHANGED_MEANWHILE,
                    "It was changed since it was read: read it again.");
        };
    }

    static ProblemError notFound() {
        return new ProblemError(Reason.NOT_FOUND, "There is no such resource, or it is not yours to see.");
    }

    static ProblemError invalidRequest(String description) {
        return new ProblemError(Reason.INVALID_REQUEST, description);
    }

    int status() {
        return reason.status;
    }

    String title() {
        return reason.title;
    }

    Reason why() {
        return reason;
    }

    List<FieldProblem> errors() {
        return errors;
    }

    @Override
    public String reason() {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
