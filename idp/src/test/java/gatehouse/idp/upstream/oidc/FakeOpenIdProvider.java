package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.keys.FakeTime;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An OpenID Provider in the test's own process, reached through {@link HttpCaller}: discovery, authorization codes with
 * PKCE, tokens, userinfo and keys. Behaves; whoever wants it to misbehave bends its fields.
 */
final class FakeOpenIdProvider implements HttpCaller {

    static final String ISSUER = "https://op.customer.example/tenant";
    static final String CLIENT = "gate:house";
    static final RSAKey RSA = rsa("rsa-1");
    static final ECKey EC = ec("ec-1");

    final String issuer;
    final Map<String, Object> metadata;
    final Map<String, Object> userinfo = new ConcurrentHashMap<>(
            Map.of("sub", "ada-7", "email", "ada@acme-ads.example"));
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    final List<JWK> published = new ArrayList<>(List.of(RSA, EC));
    final FakeTime time;

    JWK signingKey = RSA;
    JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    Consumer<Map<String, Object>> claims = _ -> {};
    Consumer<Map<String, Object>> tokenAnswer = _ -> {};
    Consumer<Map<String, Object>> answerClaims = _ -> {};
    /** How userinfo is signed, if it is. */
    Optional<Consumer<Map<String, Object>>> userinfoClaims = Optional.empty();
    /** What the endpoint for requests sent ahead answers, unless it is well. */
    Optional<Answer> pushAnswer = Optional.empty();
    Function<JWSHeader.Builder, JWSHeader.Builder> header = builder -> builder;
    volatile Optional<String> down = Optional.empty();
    volatile Optional<String> slow = Optional.empty();
    Optional<Answer> tokenError = Optional.empty();

    /** The last token request: its headers, and its form. */
    Map<String, String> lastTokenHeaders = Map.of();
    Form lastTokenForm = Form.EMPTY;

    private final Map<String, Form> codes = new HashMap<>();
    private final Map<String, Form> pushed = new HashMap<>();

    FakeOpenIdProvider(FakeTime time) {
        this(time, ISSUER);
    }

    FakeOpenIdProvider(FakeTime time, String issuer) {
        this.time = time;
        this.issuer = issuer;
        this.metadata = new ConcurrentHashMap<>(Map.of(
                "issuer", issuer,
                "authorization_endpoint", issuer + "/authorize?tenant=7",
                "token_endpoint", issuer + "/token",
                "jwks_uri", issuer + "/keys",
                "userinfo_endpoint", issuer + "/userinfo"));
    }

    static RSAKey rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Signs the person in at once, and answers what the browser brings back: a query. */
    String authorize(String url) {
        var sent = Form.parse(URI.create(url).getRawQuery());
        var request = sent.optional("request_uri").map(pushed::remove).orElse(sent);
        var code = "code-" + codes.size();
        codes.put(code, request);
        var state = request.optional("state").orElseThrow();
        return request.optional("response_mode").filter(mode -> mode.endsWith("jwt")).isPresent()
                ? "response=" + answer(code, state)
                : "code=" + code + "&state=" + state;
    }

    /** A signed answer (JARM §2.1), bent by {@link #answerClaims} and {@link #header}. */
    private String answer(String code, String state) {
        var body = new LinkedHashMap<String, Object>();
        body.put("iss", issuer);
        body.put("aud", CLIENT);
        body.put("exp", time.instant().getEpochSecond() + 60);
        body.put("code", code);
        body.put("state", state);
        answerClaims.accept(body);
        return signed(body);
    }

    int count(String path) {
        return calls.getOrDefault(path, new AtomicInteger()).get();
    }

    @Override
    public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
        var path = enter(uri, deadline);
        return switch (path) {
            case "/.well-known/openid-configuration" -> json(200, metadata);
            case "/keys" -> json(200, Map.of("keys", published.stream().map(key -> publicMembers(key)).toList()));
            case "/userinfo" -> headers.getOrDefault("Authorization", "").equals("Bearer access/7.~+-_=")
                    ? userinfo()
                    : json(401, Map.of("error", "invalid_token"));
            default -> json(404, Map.of());
        };
    }

    private Answer userinfo() {
        if (userinfoClaims.isEmpty()) {
            return json(200, userinfo);
        }
        var body = new LinkedHashMap<>(userinfo);
        body.put("iss", issuer);
        body.put("aud", CLIENT);
        userinfoClaims.get().accept(body);
        return new Answer(200, Map.of("content-type", "application/jwt"),
                signed(body).getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> publicMembers(JWK key) {
        return key instanceof OctetSequenceKey ? key.toJSONObject() : key.toPublicJWK().toJSONObject();
    }

    private String enter(URI uri, Deadline deadline) {
        var path = uri.toString().substring(issuer.length());
        calls.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        if (down.filter(path::equals).isPresent()) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "down");
        }
        if (slow.filter(path::equals).isPresent()) {
            try {
                Thread.sleep(deadline.remaining());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new OutboundRefused(OutboundRefused.Reason.TIMED_OUT, "slow");
        }
        return path;
    }

    @Override
    public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
        var path = enter(uri, deadline);
        if (path.equals("/par")) {
            var reference = "urn:ietf:params:oauth:request_uri:" + pushed.size();
            pushed.put(reference, Form.parse(new String(body, StandardCharsets.US_ASCII)));
            return pushAnswer.orElseGet(() -> json(201, Map.of("request_uri", reference, "expires_in", 60)));
        }
        if (!path.equals("/token")) {
            return json(404, Map.of());
        }
        lastTokenHeaders = headers;
        lastTokenForm = Form.parse(new String(body, StandardCharsets.US_ASCII));
        if (tokenError.isPresent()) {
            return tokenError.get();
        }
        var authorization = Optional.ofNullable(codes.remove(lastTokenForm.optional("code").orElse("")));
        boolean proved = authorization
                .filter(asked -> asked.optional("code_challenge")
                        .equals(Optional.of(s256(lastTokenForm.optional("code_verifier").orElse("")))))
                .filter(asked -> asked.optional("redirect_uri").equals(lastTokenForm.optional("redirect_uri")))
                .isPresent();
        return proved ? json(200, tokens(authorization.get())) : json(400, Map.of("error", "invalid_grant"));
    }

    private Map<String, Object> tokens(Form asked) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("token_type", "Bearer");
        answer.put("access_token", "access/7.~+-_=");
        answer.put("id_token", idToken(asked.optional("nonce").orElseThrow()));
        tokenAnswer.accept(answer);
        return answer;
    }

    /** An ID token as it should be, bent by {@link #claims} and {@link #header}. */
    String idToken(String nonce) {
        long now = time.instant().getEpochSecond();
        var body = new LinkedHashMap<String, Object>();
        body.put("iss", issuer);
        body.put("sub", "ada-7");
        body.put("aud", CLIENT);
        body.put("iat", now);
        body.put("exp", now + 300);
        body.put("auth_time", now);
        body.put("nonce", nonce);
        body.put("email", "ada@acme-ads.example");
        body.put("email_verified", true);
        claims.accept(body);
        return signed(body);
    }

    /** A JWT of this provider, bent by {@link #header}. */
    String signed(Map<String, Object> body) {
        var builder = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(signingKey.getKeyID());
        return sign(header.apply(builder).build(), body);
    }

    private String sign(JWSHeader protectedHeader, Map<String, Object> body) {
        try {
            var token = new JWSObject(protectedHeader, new Payload(RecordJson.MAPPER.writeValueAsString(body)));
            token.sign(signer());
            return token.serialize();
        } catch (JOSEException | com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private JWSSigner signer() throws JOSEException {
        return switch (signingKey) {
            // Short ones sign, too.
            case RSAKey rsa -> new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
            case ECKey ec -> new ECDSASigner(ec);
            case OctetSequenceKey shared -> new MACSigner(shared);
            default -> throw new IllegalArgumentException("no signer for " + signingKey.getKeyType());
        };
    }

    /** RFC 7636 §4.2. */
    static String s256(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    /** {@code at_hash} for the 256-bit algorithms (OpenID Connect Core §3.1.3.6). */
    static String leftHalf(String accessToken) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256(accessToken), 16));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Answer json(int status, Map<String, Object> body) {
        return new Answer(status, Map.of("content-type", "application/json"),
                RecordJson.write(body).toString().getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
