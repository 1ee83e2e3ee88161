package gatehouse.idp.admin;

import gatehouse.idp.http.Request;

/** A version as an entity tag (RFC 9110 §8.8.3), and the conditions that name it. */
final class ETag {

    private ETag() {
    }

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @throws ProblemError 428 without {@code If-Match}, 412 if it does not name {@code version} */
    static void require(Request request, long version) {
        if (request.header("if-match").isEmpty()) {
            throw new ProblemError(ProblemError.Reason.IF_MATCH_MISSING,
                    "Send If-Match with the ETag of what you read, so that no change of others is lost.");
        }
        requireIfSent(request, version);
    }

    /** @throws ProblemError 412 if {@code If-Match} is there and does not name {@code version} */
    static void requireIfSent(Request request, long version) {
        var sent = request.headers().all("if-match");
        if (!sent.isEmpty() && sent.stream().noneMatch(value -> names(value, version))) {
            throw new ProblemError(ProblemError.Reason.CHANGED_MEANWHILE,
                    "It was changed since it was read: read it again.");
        }
    }

    /** Whether the caller already has {@code version}. */
    static boolean isKnown(Request request, long version) {
        return request.headers().all("if-none-match").stream().anyMatch(value -> names(value, version));
    }

    private static boolean names(String list, long version) {
        for (var tag : list.split(",")) {
            if (tag.strip().equals("*") || tag.strip().equals(of(version))) {
                return true;
            }
        }
        return false;
    }
}
