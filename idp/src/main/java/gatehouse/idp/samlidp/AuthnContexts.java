package gatehouse.idp.samlidp;

import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.sessions.Authentication;
import java.util.List;
import java.util.Optional;

/**
 * Which authentication context class a sign-in is called (saml-ac §3.4). A session's own class is used where it has one
 * that is a URI; otherwise the name follows from the methods that were used.
 */
final class AuthnContexts {

    static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
    static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    static final String PASSWORD_OVER_TLS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

    /** From weakest to strongest; classes that are not here are comparable with themselves only. */
    private static final List<String> LADDER = List.of(UNSPECIFIED, PASSWORD, PASSWORD_OVER_TLS);

    private AuthnContexts() {}

    /** The class of {@code authentication}. */
    static String of(Authentication authentication) {
        if (authentication.acr().startsWith("urn:oasis:") || authentication.acr().startsWith("https://")) {
            return authentication.acr();
        }
        return authentication.amr().contains("pwd") ? PASSWORD_OVER_TLS : UNSPECIFIED;
    }

    /** The class to answer with; empty if the sign-in is not what was asked for (saml-core §3.3.2.2.1). */
    static Optional<String> answer(RequestedContexts asked, Authentication authentication) {
        var reached = of(authentication);
        if (asked.classes().isEmpty() || asked.classes().contains(reached) && !asked.comparison().equals("better")) {
            return Optional.of(reached);
        }
        return asked.classes().stream()
                .filter(wanted -> meets(reached, wanted, asked.comparison())).findFirst()
                .map(wanted -> asked.comparison().equals("exact") ? wanted : reached);
    }

    private static boolean meets(String reached, String wanted, String comparison) {
        int rung = LADDER.indexOf(reached);
        int floor = LADDER.indexOf(wanted);
        if (rung < 0 || floor < 0) {
            return false;
        }
        return switch (comparison) {
            // A password over TLS is a password, and whoever asks for nothing in particular is content with either.
            case "exact", "minimum" -> rung >= floor;
            case "better" -> rung > floor;
            case "maximum" -> rung <= floor;
            default -> false;
        };
    }
}
