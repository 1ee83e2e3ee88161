package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.spi.Deadline;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider answers to an authorization request: parameters in the query or in a posted form, or claims of a JWT
 * that it signed (JARM §2.1), which comes as the parameter {@code response}.
 */
final class AuthorizationAnswer {

    private static final String SIGNED = "response";
    private static final int CODE_LENGTH_MAX = 4096;
    private static final int HANDLE_LENGTH_MAX = 512;
    private static final int SIGNED_LENGTH_MAX = 32 * 1024;
    /** What may not stand beside a signed answer: two answers are none. */
    private static final Set<String> UNSIGNED = Set.of("code", "state", "iss", "error", "error_description");

    private final Map<String, String> members;

    private AuthorizationAnswer(Map<String, String> members) {
        this.members = members;
    }

    private static Form parameters(Request request) {
        return request.method().equals("POST") ? request.form() : request.query();
    }

    /** The {@code state} of the answer in {@code request}. Reads, and trusts nothing. */
    static Optional<String> state(Request request) {
        var parameters = parameters(request);
        return parameters.nonEmpty(SIGNED)
                .map(jwt -> unverified(jwt)
                        .filter(claims -> claims.get("state") instanceof String)
                        .map(claims -> (String) claims.get("state")))
                .orElseGet(() -> parameters.nonEmpty("state"))
                .filter(state -> !state.isEmpty() && state.length() <= HANDLE_LENGTH_MAX);
    }

    private static Optional<Map<String, Object>> unverified(String jwt) {
        int from = jwt.indexOf('.') + 1;
        int to = jwt.indexOf('.', from);
        if (to < 0 || jwt.length() > SIGNED_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return JsonFetch.object(Base64.getUrlDecoder().decode(jwt.substring(from, to)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The provider that an answer has to come from. */
    record Sender(OidcConnection settings, ProviderMetadata metadata, RemoteKeys keys, InstantSource time) {}

    /**
     * The answer in {@code request}, of {@code sender}.
     *
     * @throws gatehouse.idp.upstream.UpstreamRefusal if it is of somebody else, or cannot be read
     */
    static AuthorizationAnswer read(Request request, Sender sender, Deadline deadline) {
        var parameters = parameters(request);
        if (parameters.repeated().isPresent()) {
            throw OidcReason.MALFORMED_RESPONSE.refusal();
        }
        var signed = parameters.nonEmpty(SIGNED);
        if (signed.isPresent()) {
            return signed(signed.get(), parameters, sender, deadline);
        }
        if (sender.settings().wantsSignedAnswer()) {
            throw OidcReason.ANSWER_UNSIGNED.refusal();
        }
        var members = new HashMap<String, String>();
        parameters.names().forEach(name -> members.put(name, parameters.optional(name).orElse("")));
        var answer = new AuthorizationAnswer(members);
        answer.requireIssuer(sender.metadata(), sender.metadata().sendsIssuer());
        return answer;
    }

    private static AuthorizationAnswer signed(String jwt, Form parameters, Sender sender, Deadline deadline) {
        if (parameters.names().stream().anyMatch(UNSIGNED::contains)) {
            throw OidcReason.MALFORMED_RESPONSE.refusal();
        }
        var form = SignedAnswer.Form.plain(sender.settings(), OidcReason.MALFORMED_RESPONSE);
        var token = SignedAnswer.verify(jwt, form, sender.keys(), deadline);
        var members = new HashMap<String, String>();
        token.claims().forEach((name, value) -> {
            if (value instanceof String text) {
                members.put(name, text);
            }
        });
        var answer = new AuthorizationAnswer(members);
        answer.requireIssuer(sender.metadata(), true);
        if (!token.audience().contains(sender.settings().clientId())) {
            throw OidcReason.WRONG_AUDIENCE.refusal(
                    Compared.of(sender.settings().clientId(), token.audience()));
        }
        long now = sender.time().instant().getEpochSecond() - sender.settings().clockSkew().toSeconds();
        if (!(token.claims().get("exp") instanceof Number expires)) {
            throw OidcReason.TIMES_MISSING.refusal();
        }
        if (expires.longValue() <= now) {
            throw OidcReason.ANSWER_EXPIRED.refusal();
        }
        return answer;
    }

    /** RFC 9207 §2.4. Judged before anything else in the answer, an error too: who speaks comes before what is said. */
    private void requireIssuer(ProviderMetadata metadata, boolean needed) {
        var sender = Optional.ofNullable(members.get("iss"));
        if (sender.isEmpty() && needed) {
            throw OidcReason.ISSUER_MISSING.refusal(Compared.of(metadata.issuer(), Optional.empty()));
        }
        if (sender.isPresent() && !sender.get().equals(metadata.issuer())) {
            throw OidcReason.ISSUER_MISMATCH.refusal(Compared.of(metadata.issuer(), sender));
        }
    }

    /**
     * The code.
     *
     * @throws gatehouse.idp.upstream.UpstreamRefusal if it is an error instead (RFC 6749 §4.1.2.1, OpenID Connect Core
     * §3.1.2.6). The provider's own words are not shown: anybody can send them here
     */
    String code() {
        refuseError();
        return Optional.ofNullable(members.get("code"))
                .filter(value -> !value.isEmpty() && value.length() <= CODE_LENGTH_MAX)
                .orElseThrow(OidcReason.MALFORMED_RESPONSE::refusal);
    }

    private void refuseError() {
        if (!members.containsKey("error")) {
            return;
        }
        var error = ProviderError.of(members);
        throw (switch (error.code()) {
            case "access_denied" -> OidcReason.ACCESS_DENIED;
            case "login_required", "interaction_required", "consent_required", "account_selection_required",
                    "unmet_authentication_requirements" -> OidcReason.INTERACTION_REQUIRED;
            case "temporarily_unavailable", "server_error" -> OidcReason.PROVIDER_BUSY;
            case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope",
                    "request_not_supported", "registration_not_supported" -> OidcReason.PROVIDER_REFUSED_REQUEST;
            default -> OidcReason.PROVIDER_ERROR;
        }).refusal(error.received("error", Optional.empty()));
    }
}
