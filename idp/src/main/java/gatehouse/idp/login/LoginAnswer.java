package gatehouse.idp.login;

import gatehouse.idp.http.Reply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What asking for a login came to. */
public sealed interface LoginAnswer {

    /** A live session already answers the request. */
    record Done(LoginResult result) implements LoginAnswer {}

    /**
     * The person must do something: {@code reply} takes the browser there; the front door's resume path is called
     * later.
     */
    record Interact(Reply reply) implements LoginAnswer {}

    /** With {@code prompt=none} or {@code IsPassive}: it cannot be done silently. */
    record NotSilently(Need need) implements LoginAnswer {}

    /** What silence could not give; the names are OIDC error codes (OIDC Core §3.1.2.6). */
    enum Need {
        LOGIN_REQUIRED,
        INTERACTION_REQUIRED,
        CONSENT_REQUIRED,
        ACCOUNT_SELECTION_REQUIRED;

        /** As it stands in {@link LoginOutcome.Denied#reason()}: {@code login_required}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The need that {@code reason} is, if it is one. */
        public static Optional<Need> of(String reason) {
            return Arrays.stream(values()).filter(need -> need.word().equals(reason)).findFirst();
        }
    }
}
