package gatehouse.idp.login;

import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.List;
import java.util.Locale;

/**
 * The code that people see for a refusal of an upstream protocol: by what its reason is about, else by whose fault it is.
 * Reasons are closed lists of the protocols; a new one falls into its subject by its words, and never needs a line here.
 */
final class UpstreamCodes {

    /** A word in a reason, and the code's subject. The first that is found counts. */
    private record Subject(String word, String code) {}

    private static final List<Subject> SAML = List.of(
            new Subject("replay", "REPLAY-01"), new Subject("audience", "AUD-01"), new Subject("in_response_to", "IRT-01"),
            new Subject("destination", "DEST-01"), new Subject("recipient", "DEST-01"), new Subject("crypt", "ENC-01"),
            new Subject("sign", "SIG-01"), new Subject("expired", "TIME-01"), new Subject("not_yet", "TIME-01"),
            new Subject("too_old", "TIME-01"), new Subject("time", "TIME-01"), new Subject("name_id", "NAMEID-01"),
            new Subject("status", "STATUS-01"));

    private static final List<Subject> OIDC = List.of(
            new Subject("nonce", "NONCE-01"), new Subject("audience", "AUD-01"), new Subject("unknown_key", "KID-01"),
            new Subject("kid", "KID-01"), new Subject("sign", "SIG-01"), new Subject("expired", "TIME-01"),
            new Subject("not_yet", "TIME-01"), new Subject("too_old", "TIME-01"), new Subject("invalid_client", "SECRET-01"),
            new Subject("client_auth", "SECRET-01"), new Subject("issuer", "ISS-01"));

    private UpstreamCodes() {}

    static String code(UpstreamRefusal refusal, String type) {
        var byFault = switch (refusal.fault()) {
            case USER -> "DENIED-01";
            case CONFIGURATION -> "CONFIG-01";
            case UPSTREAM -> "UPSTREAM-01";
            case HOSTILE -> "CHECK-01";
        };
        if (refusal.fault() == UpstreamRefusal.Fault.USER || refusal.fault() == UpstreamRefusal.Fault.UPSTREAM) {
            return prefix(type) + byFault;
        }
        return prefix(type) + (type.equals("saml") ? SAML : OIDC).stream()
                .filter(subject -> refusal.reason().contains(subject.word()))
                .map(Subject::code)
                .findFirst()
                .orElse(byFault);
    }

    static String prefix(String type) {
        return type.toUpperCase(Locale.ROOT) + "-";
    }
}
