package gatehouse.idp.oauth.wire;

import gatehouse.idp.page.Page;
import gatehouse.idp.page.PageRefusal;
import java.util.Locale;
import java.util.Optional;

/** A refusal that a person reads on a page, because there is no proven address to send it to. */
public final class OAuthPageRefusal extends PageRefusal {

    /** What happened. */
    public enum Kind {
        CLIENT_UNKNOWN("OAUTH-CLIENT-01", 400, Page.Fixer.THE_APPLICATION),
        CLIENT_DISABLED("OAUTH-CLIENT-02", 403, Page.Fixer.YOUR_ADMINISTRATOR),
        REDIRECT_URI_UNKNOWN("OAUTH-REDIRECT-01", 400, Page.Fixer.THE_APPLICATION),
        REDIRECT_URI_MISSING("OAUTH-REDIRECT-02", 400, Page.Fixer.THE_APPLICATION),
        REQUEST_MALFORMED("OAUTH-REQUEST-01", 400, Page.Fixer.THE_APPLICATION),
        LOGOUT_REDIRECT_URI_UNKNOWN("OAUTH-LOGOUT-01", 400, Page.Fixer.THE_APPLICATION),
        LOGOUT_CLIENT_MISMATCH("OAUTH-LOGOUT-02", 400, Page.Fixer.THE_APPLICATION);

        private final String code;
        private final int status;
        private final Page.Fixer fixer;

        Kind(String code, int status, Page.Fixer fixer) {
            this.code = code;
            this.status = status;
            this.fixer = fixer;
        }

        /** The stable code that the error page shows. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;
    private final Optional<Page.Link> wayOn;

    public OAuthPageRefusal(Kind kind) {
        this(kind, Optional.empty());
    }

    /** @param wayOn where the person can go from the page */
    public OAuthPageRefusal(Kind kind, Optional<Page.Link> wayOn) {
        super(kind.code());
        this.kind = kind;
        this.wayOn = wayOn;
    }

    @Override
    public Page.Error page() {
        return new Page.Error(kind.status, kind.code, kind.fixer, Optional.empty(), wayOn);
    }

    @Override
    public String reason() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
