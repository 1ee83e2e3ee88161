package gatehouse.idp.oauth.testkit;

import gatehouse.idp.client.ClientSecret;
import java.util.Optional;

/** Ready-made clients, named for what makes them special. */
public final class TestClients {

    public static final String REDIRECT = "https://app.example/callback";
    public static final String AFTER_LOGOUT = "https://app.example/bye";
    public static final String SECRET = "a secret: with + and % and é";

    private TestClients() {}

    /** A public client. */
    public static ClientDraft web() {
        return new ClientDraft("web");
    }

    /** A confidential client, by {@code client_secret_basic}. */
    public static ClientDraft service() {
        return confidential("service");
    }

    /** As {@link #service()}, under another id. */
    public static ClientDraft other() {
        return confidential("other");
    }

    private static ClientDraft confidential(String id) {
        return new ClientDraft(id).method("client_secret_basic").secrets(ClientSecret.of(SECRET, Optional.empty()));
    }
}
