package gatehouse.idp.oauth.authorize;

import java.util.List;

/** Values of {@code prompt} (OpenID Connect Core §3.1.2.1). */
public final class Prompt {

    public static final String NONE = "none";
    public static final String LOGIN = "login";
    public static final String CONSENT = "consent";
    public static final String SELECT_ACCOUNT = "select_account";

    /** All of them, for the metadata. */
    public static final List<String> ALL = List.of(NONE, LOGIN, CONSENT, SELECT_ACCOUNT);

    private Prompt() {}
}
