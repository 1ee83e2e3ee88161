package gatehouse.idp.login;

import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The code that people see for a refusal of an upstream protocol: by what its reason is about, else by whose fault it
 * is. Reasons are closed lists of the protocols; a new one falls into its subject by its words, and never needs a
 * line here.
 */
final class UpstreamCodes {

    /** A word in a reason, and the code of its subject. The first that is found counts. */
    private record Subject(String word, String code) {}

    private static final List<Subject> SAML = subjects(
            "too_old LOGIN-AGE-01", "replay SAML-REPLAY-01", "audience SAML-AUD-01", "in_response_to SAML-IRT-01",
            "unsolicited SAML-IRT-01", "destination SAML-DEST-01", "recipient SAML-DEST-01", "crypt SAML-ENC-01",
            "sign SAML-SIG-01", "digest SAML-SIG-01", "reference SAML-SIG-01", "expired SAML-TIME-01",
            "not_yet SAML-TIME-01", "subject SAML-NAMEID-01", "status SAML-STATUS-01");

    private static final List<Subject> OIDC = subjects(
            "too_old LOGIN-AGE-01", "metadata OIDC-CONFIG-01", "nonce OIDC-NONCE-01", "unsolicited OIDC-NONCE-01",
            "audience OIDC-AUD-01", "key_unknown OIDC-KID-01", "signature OIDC-SIG-01", "expired OIDC-TIME-01",
            "not_yet OIDC-TIME-01", "older OIDC-TIME-01", "client_refused OIDC-SECRET-01", "issuer OIDC-ISS-01");

    private static List<Subject> subjects(String... lines) {
        return Stream.of(lines).map(line -> line.split(" ")).map(pair -> new Subject(pair[0], pair[1])).toList();
    }

    private UpstreamCodes() {}

    static String code(UpstreamRefusal refusal, String type) {
        var byFault = switch (refusal.fault()) {
            case USER -> "DENIED-01";
            case CONFIGURATION -> "CONFIG-01";
            case UPSTREAM -> "UPSTREAM-01";
            case HOSTILE -> "CHECK-01";
        };
        if (refusal.fault() == UpstreamRefusal.Fault.USER) {
            return prefix(type) + byFault;
        }
        return (type.equals("saml") ? SAML : OIDC).stream()
                .filter(subject -> refusal.reason().contains(subject.word()))
                .map(Subject::code)
                .findFirst()
                .orElse(prefix(type) + byFault);
    }

    static String prefix(String type) {
        return type.toUpperCase(Locale.ROOT) + "-";
    }
}
