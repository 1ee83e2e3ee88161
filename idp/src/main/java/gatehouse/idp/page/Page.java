package gatehouse.idp.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page to show: one record per template. */
public sealed interface Page {

    /**
     * A link or button target and its text. @param label ready text, or the key of one that begins with {@code link.}
     */
    record Link(String href, String label) {}

    /** Who can mend what an error page is about. */
    enum Fixer {
        /** The person in front of the page. */
        YOU,
        /** The customer's administrator. */
        YOUR_ADMINISTRATOR,
        /** The developer of the application that sent the browser here. */
        THE_APPLICATION,
        /** The people who run this server. */
        US
    }

    /**
     * E-mail first.
     *
     * @param action     where the form posts to
     * @param step       hidden step token of the form
     * @param identifier what was typed before, or the login hint
     * @param client     name of the application
     * @param problem    message key of what is wrong with the last input, if anything
     * @param appScheme  a native application's own URI scheme that the form's redirects may end at, if any
     */
    record Identifier(
            String action,
            String step,
            String identifier,
            String client,
            Optional<String> problem,
            Optional<String> appScheme)
            implements Page {}

    /** The password of {@code identifier}. @param back leads back to the e-mail page */
    record Password(
            String action,
            String step,
            String identifier,
            String client,
            String back,
            Optional<String> problem,
            Optional<String> appScheme)
            implements Page {}

    /**
     * A choice between ways in: organizations or their connections. @param back leads back to the e-mail page, if it
     * may
     */
    record Choice(
            String action,
            String step,
            String client,
            List<Option> options,
            Optional<String> back,
            Optional<String> appScheme)
            implements Page {
        /** One choice. @param value what the form posts */
        public record Option(String value, String label, Optional<String> detail) {}
    }

    /** May the application have this? @param account the e-mail address of who is signed in */
    record Consent(
            String action,
            String step,
            String client,
            Optional<String> clientUri,
            String account,
            List<String> scopes,
            Optional<String> appScheme)
            implements Page {}

    /**
     * Does the person want to be signed in, as their identity provider suggests unasked?
     *
     * @param client   where it leads
     * @param provider name of the connection
     * @param account  who they would be
     * @param present  who the browser is signed in as now, if anybody
     */
    record Landing(
            String action,
            String step,
            String client,
            String provider,
            String account,
            Optional<String> present)
            implements Page {}

    /**
     * Something did not work.
     *
     * @param status HTTP status
     * @param code   stable code, for example {@code OAUTH-REDIRECT-01}; the texts are the messages
     *               {@code error.<code>.title}, {@code .text} and {@code .fix}
     * @param fixer  who can mend it
     * @param detail one more plain line, already safe to show; never a value from the request
     * @param wayOn  where to go from here: start again, back to the application
     */
    record Error(int status, String code, Fixer fixer, Optional<String> detail, Optional<Link> wayOn) implements Page {}

    /** Asks whether to sign out. @param fields hidden fields of the form */
    record LogoutConfirm(String action, String step, Optional<String> client, Map<String, String> fields)
            implements Page {}

    /**
     * Signing out, on its way from one party to the next.
     *
     * @param action     where the form posts to
     * @param step       hidden step of the form
     * @param next       name of the party that the form goes to
     * @param parties    all that are told, in order
     * @param unanswered whether {@code next} was visited and has not answered
     */
    record LogoutProgress(String action, String step, String next, List<Party> parties, boolean unanswered)
            implements Page {
        /** One party. @param state {@code done}, {@code failed}, {@code next}, {@code unanswered} or {@code waiting} */
        public record Party(String name, String state) {}
    }

    /**
     * Signed out.
     *
     * @param wayOn    back to the application
     * @param signedIn names of parties where the person may still be signed in
     */
    record LoggedOut(Optional<Link> wayOn, List<String> signedIn) implements Page {}

    /**
     * A form that posts itself to another party (SAML POST binding, {@code form_post}); a button where scripts are off.
     *
     * @param action where to; its origin is allowed in the page's {@code form-action}
     */
    record AutoPost(String action, Map<String, String> fields) implements Page {}
}
