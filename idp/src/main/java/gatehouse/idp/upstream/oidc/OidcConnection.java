package gatehouse.idp.upstream.oidc;

import static gatehouse.idp.upstream.oidc.OidcRules.require;
import static gatehouse.idp.upstream.oidc.OidcRules.requireAlgorithms;
import static gatehouse.idp.upstream.oidc.OidcRules.requireClientProof;
import static gatehouse.idp.upstream.oidc.OidcRules.requireIssuer;
import static gatehouse.idp.upstream.oidc.OidcRules.requireNumber;
import static gatehouse.idp.upstream.oidc.OidcRules.requireOneOf;
import static gatehouse.idp.upstream.oidc.OidcRules.requireUnreserved;
import static gatehouse.idp.upstream.oidc.OidcRules.requireWebAddress;
import static gatehouse.idp.upstream.oidc.OidcRules.requireWords;

import com.nimbusds.jose.JWSAlgorithm;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.schema.Described;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an organization's OpenID Provider signs its people in. {@code issuer}, {@code client_id} and, unless the client
 * is public or proves itself with a key, {@code client_secret} are enough: the rest is found by discovery.
 */
public record OidcConnection(
        @Described(value = "Issuer identifier of the provider, exactly as it appears in its ID tokens.", min = 8,
                max = 1024, format = "uri")
        String issuer,
        @Described(value = "Our client identifier at the provider.", min = 1, max = 512) String clientId,
        @Described(value = "Our client secret at the provider.", min = 1, max = 2048) Optional<String> clientSecret,
        @Described(value = "How we prove who we are at the token endpoint. The keys of private_key_jwt are at our"
                + " address /oidc/rp/jwks. Default: client_secret_basic.",
                oneOf = {"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"})
        Optional<String> tokenEndpointAuthMethod,
        @Described(value = "Algorithm of the assertion of private_key_jwt. Default: RS256.",
                oneOf = {"RS256", "ES256"})
        Optional<String> tokenEndpointAuthSigningAlg,
        @Described(value = "Audience of the assertion of private_key_jwt and client_secret_jwt. Default:"
                + " token_endpoint.",
                oneOf = {"token_endpoint", "issuer"})
        Optional<String> clientAssertionAudience,
        @Described(value = "Scopes to ask for; openid is among them. Default: openid profile email.", min = 1,
                max = 256, entriesMax = 32)
        List<String> scopes,
        @Described("Which claims fill a person's profile.") Optional<ClaimMapping> claimMapping,
        @Described(value = "Whether claims are also fetched from the userinfo endpoint: always, never, or auto, which"
                + " is when the ID token has no e-mail address. Default: auto.", oneOf = {"auto", "always", "never"})
        Optional<String> userinfo,
        @Described("Whether the address that was typed here is sent along (login_hint). Default: true.")
        Optional<Boolean> sendLoginHint,
        @Described(value = "prompt to send when the sign-in itself asks for none.",
                oneOf = {"login", "select_account", "consent"})
        Optional<String> prompt,
        @Described(value = "acr_values to send when the sign-in itself asks for none.", min = 1, max = 256,
                entriesMax = 16)
        List<String> acrValues,
        @Described("Whether the acr_values that an app asks us for are passed on. Default: true.")
        Optional<Boolean> passAcrValues,
        @Described(value = "Further parameters of the authorization request, such as domain_hint.", max = 512,
                entriesMax = 16)
        Map<String, String> authorizationParameters,
        @Described(value = "Seconds by which the provider's clock may differ. Default: 60.", max = 180)
        Optional<Integer> clockSkewSeconds,
        @Described(value = "Authorization endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> authorizationEndpoint,
        @Described(value = "Token endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> tokenEndpoint,
        @Described(value = "Address of the provider's JWK Set, for providers without discovery.", max = 2048,
                format = "uri")
        Optional<URI> jwksUri,
        @Described(value = "Userinfo endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> userinfoEndpoint,
        @Described(value = "Directory that people must come from: the tid of their ID tokens. Needed for an issuer that"
                + " stands for many directories, such as https://login.microsoftonline.com/organizations/v2.0.",
                min = 1, max = 64, pattern = OidcRules.TENANT)
        Optional<String> tenantId,
        @Described(value = "Domains that people must come from: the hd of their ID tokens. Needed for Google.", min = 1,
                max = 253, entriesMax = 64)
        List<String> hostedDomains,
        @Described("Whether the domain of the address that was typed here is sent along (domain_hint). Default: false.")
        Optional<Boolean> sendDomainHint,
        @Described("Whether the user's languages are sent along (ui_locales). Default: true.")
        Optional<Boolean> sendUiLocales,
        @Described(value = "Seconds since a person proved who they are there, at most (max_age), when the sign-in"
                + " itself asks for none.", max = 31_536_000)
        Optional<Integer> maxAgeSeconds,
        @Described(value = "How the answer comes back: in the query, by a form that posts itself, or signed, as a JWT"
                + " in the query or in such a form (JARM). A signed answer is taken in any case. Default: query.",
                oneOf = {"query", "form_post", "query.jwt", "form_post.jwt"})
        Optional<String> responseMode,
        @Described(value = "Whether the request is sent ahead, so that it cannot be changed on the way (PAR): auto is"
                + " when the provider takes it. Default: auto.", oneOf = {"auto", "always", "never"})
        Optional<String> pushedAuthorizationRequests,
        @Described(value = "Pushed authorization request endpoint, for providers without discovery.", max = 2048,
                format = "uri")
        Optional<URI> pushedAuthorizationRequestEndpoint,
        @Described(value = "Algorithms that the provider may sign with. Default: all of these.", oneOf = {"RS256",
                "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
        List<String> signingAlgs,
        @Described("Whether whoever signs out here is also signed out at the provider, if it has an end session"
                + " endpoint. Default: false.")
        Optional<Boolean> upstreamLogout,
        @Described(value = "End session endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> endSessionEndpoint,
        @Described("Whether the provider may sign people out here by a page that it shows them (front-channel logout)."
                + " Nothing proves that it was the provider. Default: false.")
        Optional<Boolean> frontchannelLogout) {

    /** How the client proves itself at the token endpoint. */
    enum TokenAuth { CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, CLIENT_SECRET_JWT, PRIVATE_KEY_JWT, NONE }

    /** When the userinfo endpoint is asked. */
    enum UserinfoUse { AUTO, ALWAYS, NEVER }

    /** Whether requests are sent ahead. */
    enum PushUse { AUTO, ALWAYS, NEVER }

    public OidcConnection {
        scopes = scopes == null || scopes.isEmpty() ? List.of("openid", "profile", "email") : List.copyOf(scopes);
        acrValues = acrValues == null ? List.of() : List.copyOf(acrValues);
        authorizationParameters = authorizationParameters == null ? Map.of() : Map.copyOf(authorizationParameters);
        hostedDomains = hostedDomains == null ? List.of() : List.copyOf(hostedDomains);
        signingAlgs = signingAlgs == null ? List.of() : List.copyOf(signingAlgs);
        requireIssuer(issuer, tenantId, hostedDomains);
        require(clientId != null && !clientId.isBlank() && clientId.length() <= 512,
                "client_id", "must have 1 to 512 characters");
        requireClientProof(tokenEndpointAuthMethod, clientSecret);
        requireOneOf(tokenEndpointAuthSigningAlg, List.of("RS256", "ES256"), "token_endpoint_auth_signing_alg");
        requireOneOf(clientAssertionAudience, List.of("token_endpoint", "issuer"), "client_assertion_audience");
        requireOneOf(userinfo, List.of("auto", "always", "never"), "userinfo");
        requireOneOf(prompt, List.of("login", "select_account", "consent"), "prompt");
        requireWords(scopes, 32, "scopes");
        require(scopes.contains("openid"), "scopes", "must contain openid");
        requireWords(acrValues, 16, "acr_values");
        requireUnreserved(authorizationParameters);
        requireNumber(clockSkewSeconds, 0, 180, "clock_skew_seconds");
        requireWebAddress(authorizationEndpoint, issuer, "authorization_endpoint");
        requireWebAddress(tokenEndpoint, issuer, "token_endpoint");
        requireWebAddress(jwksUri, issuer, "jwks_uri");
        requireWebAddress(userinfoEndpoint, issuer, "userinfo_endpoint");
        requireNumber(maxAgeSeconds, 0, 31_536_000, "max_age_seconds");
        requireOneOf(responseMode, List.of("query", "form_post", "query.jwt", "form_post.jwt"), "response_mode");
        requireOneOf(pushedAuthorizationRequests, List.of("auto", "always", "never"), "pushed_authorization_requests");
        requireWebAddress(pushedAuthorizationRequestEndpoint, issuer, "pushed_authorization_request_endpoint");
        requireWebAddress(endSessionEndpoint, issuer, "end_session_endpoint");
        requireAlgorithms(signingAlgs);
    }

    TokenAuth tokenAuth() {
        return tokenEndpointAuthMethod
                .map(name -> TokenAuth.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(TokenAuth.CLIENT_SECRET_BASIC);
    }

    SigningAlgorithm assertionAlgorithm() {
        return tokenEndpointAuthSigningAlg.map(SigningAlgorithm::valueOf).orElse(SigningAlgorithm.RS256);
    }

    UserinfoUse userinfoUse() {
        return userinfo.map(name -> UserinfoUse.valueOf(name.toUpperCase(Locale.ROOT))).orElse(UserinfoUse.AUTO);
    }

    PushUse pushUse() {
        return pushedAuthorizationRequests.map(name -> PushUse.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(PushUse.AUTO);
    }

    /** What the provider may sign with; never what needs a shared secret. */
    Set<JWSAlgorithm> signingAlgorithms() {
        return signingAlgs.isEmpty()
                ? SignedAnswer.ALGORITHMS
                : signingAlgs.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether only a signed answer is one. */
    boolean wantsSignedAnswer() {
        return responseMode.filter(mode -> mode.endsWith(".jwt")).isPresent();
    }

    ClaimMapping mapping() {
        return claimMapping.orElse(ClaimMapping.USUAL);
    }

    Duration clockSkew() {
        return Duration.ofSeconds(clockSkewSeconds.orElse(60));
    }

    /** Who this provider is, in its documents and in its tokens. */
    IssuerIdentifier issuerIdentifier() {
        return IssuerIdentifier.of(issuer, tenantId);
    }

    /** Whether these settings say where everything is, so that nothing has to be discovered. */
    boolean isSelfContained() {
        return authorizationEndpoint.isPresent() && tokenEndpoint.isPresent() && jwksUri.isPresent();
    }

    @Override
    public String toString() {
        return "OidcConnection[" + issuer + ", " + clientId + "]";
    }
}
