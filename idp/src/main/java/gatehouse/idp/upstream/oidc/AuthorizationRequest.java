package gatehouse.idp.upstream.oidc;

import gatehouse.idp.upstream.DepartureCall;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a provider to sign somebody in: authorization code, PKCE with S256 (RFC 7636), a nonce; sent ahead where the
 * provider takes that (RFC 9126).
 */
final class AuthorizationRequest {

    private static final int HINT_LENGTH_MAX = 320;
    private static final int REQUEST_URI_LENGTH_MAX = 512;

    private final OidcConnection settings;
    private final String redirectUri;
    private final ClientProof client;

    AuthorizationRequest(OidcConnection settings, String redirectUri, ClientProof client) {
        this.settings = settings;
        this.redirectUri = redirectUri;
        this.client = client;
    }

    /** Where the browser goes. */
    String url(DepartureCall call, PendingSignIn pending, ProviderMetadata provider, Deadline deadline) {
        var parameters = parameters(call, pending);
        return url(provider.authorizationEndpoint().toString(),
                isPushed(provider) ? pushed(parameters, provider, deadline) : parameters);
    }

    private boolean isPushed(ProviderMetadata provider) {
        return switch (settings.pushUse()) {
            case ALWAYS -> true;
            case AUTO -> provider.requiresPush() || provider.pushEndpoint().isPresent();
            case NEVER -> provider.requiresPush();
        };
    }

    private Map<String, String> pushed(
            Map<String, String> parameters, ProviderMetadata provider, Deadline deadline) {
        var endpoint = provider.pushEndpoint().orElseThrow(OidcReason.PUSH_NOT_OFFERED::refusal);
        var answer = client.post(endpoint, parameters, provider, deadline);
        // RFC 9126 §2.2 says 201; some say 200.
        if (answer.status() != 201 && answer.status() != 200) {
            throw client.refusalOf(answer, OidcReason.PUSH_ANSWER_INVALID);
        }
        var reference = JsonFetch.object(answer.body())
                .filter(members -> members.get("request_uri") instanceof String uri && isReference(uri))
                .orElseThrow(OidcReason.PUSH_ANSWER_INVALID::refusal);
        return Map.of("client_id", settings.clientId(), "request_uri", (String) reference.get("request_uri"));
    }

    private static boolean isReference(String uri) {
        return !uri.isEmpty() && uri.length() <= REQUEST_URI_LENGTH_MAX
                && uri.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private Map<String, String> parameters(DepartureCall call, PendingSignIn pending) {
        var parameters = new LinkedHashMap<>(settings.authorizationParameters());
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", redirectUri);
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", call.handle());
        parameters.put("nonce", pending.nonce());
        parameters.put("code_challenge", challenge(pending.codeVerifier()));
        parameters.put("code_challenge_method", "S256");
        settings.responseMode().filter(mode -> !mode.equals("query"))
                .ifPresent(mode -> parameters.put("response_mode", mode));
        prompt(call).ifPresent(prompt -> parameters.put("prompt", prompt));
        pending.maxAge().ifPresent(age -> parameters.put("max_age", Long.toString(age.toSeconds())));
        addHints(call, parameters);
        var acrValues = call.acrValues().isEmpty() || !settings.passAcrValues().orElse(true)
                ? settings.acrValues()
                : call.acrValues();
        if (!acrValues.isEmpty()) {
            parameters.put("acr_values", String.join(" ", acrValues));
        }
        return parameters;
    }

    private void addHints(DepartureCall call, Map<String, String> parameters) {
        var hint = call.loginHint().filter(text -> text.length() <= HINT_LENGTH_MAX);
        hint.filter(_ -> settings.sendLoginHint().orElse(true)).ifPresent(text -> parameters.put("login_hint", text));
        hint.filter(text -> settings.sendDomainHint().orElse(false) && text.indexOf('@') > 0)
                .ifPresent(text -> parameters.put("domain_hint", text.substring(text.lastIndexOf('@') + 1)));
        hostedDomain().ifPresent(domain -> parameters.put("hd", domain));
        if (!call.uiLocales().isEmpty() && settings.sendUiLocales().orElse(true)) {
            parameters.put("ui_locales", String.join(" ", call.uiLocales()));
        }
    }

    /** Google shows accounts of these domains only; which one it was is judged all the same. */
    private Optional<String> hostedDomain() {
        return switch (settings.hostedDomains().size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(settings.hostedDomains().getFirst());
            default -> Optional.of("*");
        };
    }

    private Optional<String> prompt(DepartureCall call) {
        if (call.passive()) {
            return Optional.of("none");
        }
        return call.forceAuthn() ? Optional.of("login") : settings.prompt();
    }

    private static String challenge(String codeVerifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(codeVerifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code endpoint}, which may have a query of its own, with {@code parameters}. */
    static String url(String endpoint, Map<String, String> parameters) {
        return endpoint + (endpoint.indexOf('?') < 0 ? '?' : '&') + ClientProof.encoded(parameters);
    }
}
