package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Answer;
import gatehouse.loadtests.http.JsonFields;
import gatehouse.loadtests.http.UnexpectedAnswer;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A successful token response (RFC 6749 §5.1), checked for what the journey must get.
 *
 * @param expiresIn lifetime of the access token in seconds; 60 where the server does not say
 */
record Tokens(String access, Optional<String> refresh, Optional<String> id, long expiresIn) {

    /** What a response must hold besides a signed access token. */
    enum Expected { ACCESS, ACCESS_AND_ID, ACCESS_ID_AND_REFRESH }

    /**
     * @param algorithm that the access token must be signed with, if that matters
     * @throws UnexpectedAnswer if anything is missing
     */
    static Tokens read(Answer answer, Expected expected, Optional<String> algorithm) {
        var fields = JsonFields.scalars(answer.require(200).body());
        if (!"bearer".equalsIgnoreCase(fields.get("token_type"))) {
            throw new UnexpectedAnswer("token_type is not Bearer");
        }
        var tokens = new Tokens(signed(fields, "access_token"), Optional.ofNullable(fields.get("refresh_token")),
            Optional.ofNullable(fields.get("id_token")), Long.parseLong(fields.getOrDefault("expires_in", "60")));
        algorithm.ifPresent(wanted -> requireAlgorithm(tokens.access, wanted));
        if (expected != Expected.ACCESS) {
            signed(fields, "id_token");
        }
        if (expected == Expected.ACCESS_ID_AND_REFRESH && tokens.refresh.isEmpty()) {
            throw new UnexpectedAnswer("no refresh_token");
        }
        return tokens;
    }

    /** A compact JWS: three parts, none empty. */
    private static String signed(Map<String, String> fields, String name) {
        var token = fields.getOrDefault(name, "");
        var first = token.indexOf('.');
        var second = token.indexOf('.', first + 1);
        var isCompact = first > 0 && second > first + 1 && second < token.length() - 1
            && token.indexOf('.', second + 1) < 0;
        if (!isCompact) {
            throw new UnexpectedAnswer(name + " is not a signed JWT");
        }
        return token;
    }

    private static void requireAlgorithm(String token, String wanted) {
        var header = Buffer.buffer(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))));
        var algorithm = JsonFields.find(header, "alg").orElse("nothing");
        if (!algorithm.equals(wanted)) {
            throw new UnexpectedAnswer("access token is signed with " + algorithm + ", not " + wanted);
        }
    }

    @Override
    public String toString() {
        return "Tokens[expiresIn=" + expiresIn + "]";
    }
}
