package gatehouse.sessions.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings that many records hold, and the numbers that stand for them. Stored records name words by their place in the
 * list: it may grow at its end, up to 256 words, and never change otherwise.
 */
final class Words {

    private static final List<String> WORDS = List.of(
            "main",
            "oidc",
            "saml",
            // Authentication methods (RFC 8176).
            "pwd", "otp", "mfa", "hwk", "swk", "pop", "fpt", "face", "user", "pin", "sms", "tel", "sc", "kba", "geo",
            "rba", "iris", "vbm", "wia", "mca", "fed",
            // Authentication context classes.
            "0", "1", "2", "3", "phr", "phrh",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:X509",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient",
            "urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos",
            "urn:federation:authentication:windows",
            "https://refeds.org/profile/mfa",
            "https://refeds.org/profile/sfa",
            // Formats of a NameID.
            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
            // Scopes.
            "openid", "profile", "email", "address", "phone", "offline_access");

    private static final Map<String, Integer> NUMBERS = number();

    private Words() {}

    /** The number of {@code text}, or -1 if it is no such word. */
    static int numberOf(String text) {
        return NUMBERS.getOrDefault(text, -1);
    }

    /** The word of {@code number}. */
    static String word(int number) {
        return WORDS.get(number);
    }

    private static Map<String, Integer> number() {
        var numbers = new HashMap<String, Integer>();
        for (var i = 0; i < WORDS.size(); i++) {
            numbers.put(WORDS.get(i), i);
        }
        return Map.copyOf(numbers);
    }
}
