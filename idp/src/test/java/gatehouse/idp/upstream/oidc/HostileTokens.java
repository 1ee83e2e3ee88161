package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import gatehouse.idp.upstream.oidc.LoopbackProvider.Instead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** ID tokens that must be refused, and keys that must not verify any. */
final class HostileTokens {

    private final LoopbackProvider loopback;
    private final List<HostileCase> cases = new ArrayList<>();

    private HostileTokens(LoopbackProvider loopback) {
        this.loopback = loopback;
    }

    static List<HostileCase> all(LoopbackProvider loopback) {
        var all = new HostileTokens(loopback);
        all.claims();
        all.signatures();
        all.shapes();
        all.keys();
        return all.cases;
    }

    private void add(String name, String reason, Consumer<OidcJourney> bend) {
        cases.add(new HostileCase(name, bend, reason));
    }

    private void claim(String name, String reason, Object... values) {
        for (var value : values) {
            add("id token: " + name + " = " + value, reason, journey ->
                    journey.provider.claims = claims -> claims.put(name, value));
        }
    }

    private void absent(String name, String reason) {
        add("id token: no " + name, reason, journey -> journey.provider.claims = claims -> claims.remove(name));
    }

    private void inHeader(String name, String reason, Consumer<OidcJourney> bend) {
        add("header: " + name, reason, bend);
    }

    private void parts(String name, String reason, Consumer<String[]> change) {
        add("id token: " + name, reason, journey -> journey.provider.tokenAnswer = answer -> {
            var parts = ((String) answer.get("id_token")).split("\\.");
            change.accept(parts);
            answer.put("id_token", String.join(".", parts));
        });
    }

    private static String base64(String text) {
        return Base64URL.encode(text).toString();
    }

    private void claims() {
        absent("iss", "wrong_issuer");
        claim("iss", "wrong_issuer", "https://evil.example", "", 7, true, List.of("http://127.0.0.1"), Map.of());
        absent("aud", "wrong_audience");
        claim("aud", "wrong_audience", "other", "", 7, List.of(), List.of("other"), List.of(List.of("gate:house")),
                "gate:house ", "GATE:HOUSE", "gate:hous", Map.of("gate:house", 1));
        claim("aud", "wrong_authorized_party", List.of("gate:house", "other"), List.of("gate:house", 7));
        claim("azp", "wrong_authorized_party", "other", 7, "", List.of("gate:house"));
        absent("nonce", "nonce_mismatch");
        claim("nonce", "nonce_mismatch", "", "other", 7, List.of());
        absent("sub", "subject_missing");
        claim("sub", "subject_missing", "", " ", 7, List.of("ada-7"), "a".repeat(256), "ada\u0000", "ada\n");
        absent("exp", "times_missing");
        absent("iat", "times_missing");
        claim("exp", "times_missing", "never", List.of(), Map.of());
        claim("exp", "expired", 0, -1, 1);
        claim("iat", "times_missing", "now", true);
        claim("iat", "not_yet_valid", 32503680000L);
        claim("iat", "older_than_request", 0, 1);
        claim("nbf", "not_yet_valid", 32503680000L);
        claim("nbf", "times_missing", "later");
        claim("at_hash", "access_token_hash_mismatch", "", "AAAAAAAAAAAAAAAAAAAAAA", 7, List.of());
        claim("c_hash", "code_hash_mismatch", "", "AAAAAAAAAAAAAAAAAAAAAA", 7);
        claim("auth_time", "authentication_time_missing", "today", List.of());
    }

    private void signatures() {
        for (var none : List.of("none", "None", "NONE", "nOnE")) {
            parts("alg " + none + " without a signature", "algorithm_not_allowed", parts -> {
                parts[0] = base64("{\"alg\":\"" + none + "\"}");
                parts[2] = "";
            });
        }
        for (var algorithm : List.of("HS256", "HS384", "HS512", "EdDSA", "ES256K", "RSA1_5", "X")) {
            parts("alg " + algorithm, "algorithm_not_allowed", parts ->
                    parts[0] = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa-1\"}"));
        }
        for (var shared : Stream.of(pem(), der(), modulus(), secret()).toList()) {
            inHeader("HS256 with what everybody knows, " + shared.length + " bytes", "algorithm_not_allowed",
                    journey -> {
                        journey.provider.algorithm = JWSAlgorithm.HS256;
                        journey.provider.signingKey = new OctetSequenceKey.Builder(shared).keyID("rsa-1").build();
                        journey.provider.published.add(journey.provider.signingKey);
                    });
        }
        inHeader("an algorithm that the settings leave out", "algorithm_not_allowed", journey ->
                journey.settings.putArray("signing_algs").add("PS256").add("ES256"));
        inHeader("another key under a known name", "signature_invalid", journey ->
                journey.provider.signingKey = FakeOpenIdProvider.rsa("rsa-1"));
        inHeader("an invented key name", "key_unknown", journey ->
                journey.provider.header = header -> header.keyID("invented"));
        inHeader("a key name like a path", "key_unknown", journey ->
                journey.provider.header = header -> header.keyID("../../etc/passwd"));
        inHeader("no key name, and no key that fits", "signature_invalid", journey -> {
            journey.provider.signingKey = FakeOpenIdProvider.rsa("x");
            journey.provider.header = header -> header.keyID(null);
        });
        inHeader("its own key inside", "key_unknown", journey -> {
            var own = FakeOpenIdProvider.rsa("own");
            journey.provider.signingKey = own;
            journey.provider.header = header -> header.jwk(own.toPublicJWK());
        });
        inHeader("its own key inside, under a known name", "signature_invalid", journey -> {
            var own = FakeOpenIdProvider.rsa("rsa-1");
            journey.provider.signingKey = own;
            journey.provider.header = header -> header.jwk(own.toPublicJWK());
        });
        inHeader("its own key at an address", "key_unknown", journey -> {
            journey.provider.signingKey = FakeOpenIdProvider.rsa("own");
            journey.provider.header = header -> header.jwkURL(URI.create(loopback.address() + "/own-keys"))
                    .x509CertURL(URI.create(loopback.address() + "/own-chain"));
        });
        inHeader("critical extensions", "id_token_malformed", journey -> journey.provider.header =
                header -> header.criticalParams(Set.of("exp")).customParam("exp", 1));
        for (var type : List.of("at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "JWE")) {
            inHeader("type " + type, "id_token_malformed", journey ->
                    journey.provider.header = header -> header.type(new JOSEObjectType(type)));
        }
    }

    private void shapes() {
        parts("no signature", "id_token_malformed", parts -> parts[2] = "");
        parts("a signature of zeros", "signature_invalid", parts ->
                parts[2] = Base64URL.encode(new byte[256]).toString());
        parts("a payload that is no object", "signature_invalid", parts -> parts[1] = base64("[]"));
        parts("a part too many", "id_token_malformed", parts -> parts[2] += ".AAAA");
        parts("a header that is no object", "id_token_malformed", parts -> parts[0] = base64("[]"));
        parts("a header with a member twice", "id_token_malformed", parts ->
                parts[0] = base64("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"rsa-1\"}"));
        parts("five parts: encrypted", "id_token_malformed", parts -> parts[0] = base64(
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}") + ".AAAA.AAAA");
        for (var compact : List.of("", " ", ".", "..", "...", "a.b.c", "e30.e30.e30", "\u00e9.e30.e30",
                "x".repeat(40_000))) {
            add("id token: text of " + compact.length() + " characters", "id_token_malformed", journey ->
                    journey.provider.tokenAnswer = answer -> answer.put("id_token", compact));
        }
        add("id token: a number", "token_response_invalid", journey ->
                journey.provider.tokenAnswer = answer -> answer.put("id_token", 7));
        add("id token: none", "token_response_invalid", journey ->
                journey.provider.tokenAnswer = answer -> answer.remove("id_token"));
    }

    private void keys() {
        inHeader("a short key", "key_unknown", journey -> {
            journey.provider.signingKey = weak();
            journey.provider.published.add(journey.provider.signingKey);
        });
        inHeader("a key for encryption", "key_unknown", journey -> {
            journey.provider.signingKey = key(builder -> builder.keyUse(KeyUse.ENCRYPTION));
            journey.provider.published.add(journey.provider.signingKey);
        });
        inHeader("a key for another algorithm", "key_unknown", journey -> {
            journey.provider.signingKey = key(builder -> builder.algorithm(JWSAlgorithm.PS512));
            journey.provider.published.add(journey.provider.signingKey);
        });
        inHeader("no keys at all", "key_unknown", journey -> journey.provider.published.clear());
        instead("/keys", "keys_invalid", Instead.of(200, "text/html", "<html>sign in</html>"));
        instead("/keys", "keys_invalid", Instead.of(200, "application/json", "[]"));
        instead("/keys", "keys_invalid", Instead.of(200, "application/json", "{\"keys\":{}}"));
        instead("/keys", "keys_invalid", Instead.of(200, "application/json", "{\"keys\":[],\"keys\":[]}"));
        instead("/keys", "keys_invalid", Instead.of(200, "application/json", "[".repeat(100_000)));
        instead("/keys", "keys_invalid", Instead.of(404, "application/json", "{}"));
        instead("/keys", "provider_unreachable", Instead.of(503, "text/plain", "later"));
        instead("/keys", "provider_unreachable", Instead.huge());
        instead("/keys", "address_not_allowed", Instead.redirect());
    }

    private void instead(String path, String reason, Instead answer) {
        add(path + " answers " + answer.status() + " with " + answer.body().length + " bytes", reason,
                _ -> loopback.instead.put(path, answer));
    }

    private static RSAKey weak() {
        try {
            return new RSAKeyGenerator(1024, true).keyID("weak").generate();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static RSAKey key(java.util.function.UnaryOperator<RSAKey.Builder> change) {
        return change.apply(new RSAKey.Builder(FakeOpenIdProvider.rsa("special"))).build();
    }

    private static byte[] der() {
        try {
            return FakeOpenIdProvider.RSA.toRSAPublicKey().getEncoded();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] pem() {
        return ("-----BEGIN PUBLIC KEY-----\n" + java.util.Base64.getMimeEncoder().encodeToString(der())
                + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] modulus() {
        return FakeOpenIdProvider.RSA.getModulus().decode();
    }

    private static byte[] secret() {
        return Arrays.copyOf("s3:cret&%".getBytes(StandardCharsets.US_ASCII), 32);
    }

    /** Keys of every kind that verify nothing here. */
    static List<JWK> strangeKeys() {
        return List.of(weak(), key(builder -> builder.keyUse(KeyUse.ENCRYPTION)),
                new OctetSequenceKey.Builder(secret()).keyID("shared").build());
    }
}
