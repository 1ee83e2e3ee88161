package gatehouse.loadtests.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of somebody's login, reduced to the one form a visitor would send next.
 *
 * @param title         for messages about a journey that went astray
 * @param action        where the form goes
 * @param posts         whether by POST
 * @param fields        fields with the values the page gave them, in order, the pressed button included
 * @param usernameField the field that asks who the visitor is
 * @param passwordField the field that asks for the password
 * @param sendsItself   whether a script of the page sends it, or a single button of a form with nothing to fill in
 */
record Page(String title, URI action, boolean posts, Map<String, String> fields, Optional<String> usernameField,
            Optional<String> passwordField, boolean sendsItself) {

    /** Names that login pages use for who the visitor is; a field of type {@code email} counts as well. */
    static final List<String> USERNAME_NAMES = List.of("username", "identifier", "email", "login_hint", "login", "user",
        "j_username", "loginfmt");
}
