package gatehouse.idp.logout;

import gatehouse.idp.http.Refusal;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.PageRefusal;
import java.util.Locale;
import java.util.Optional;

/** A logout that cannot go on, with the page that says so. */
final class LogoutError extends PageRefusal {

    private final String reason;
    private final Page.Error page;

    LogoutError(LogoutReason reason) {
        this("logout_" + reason.name().toLowerCase(Locale.ROOT), reason, Optional.empty());
    }

    private LogoutError(String word, LogoutReason reason, Optional<String> detail) {
        super(reason.code());
        this.reason = word;
        this.page = new Page.Error(reason.status(), reason.code(), reason.fixer(), detail, Optional.empty());
    }

    /** A message that {@code why} refuses. */
    static LogoutError of(Refusal why) {
        return new LogoutError(why.reason(), LogoutReason.MESSAGE_REFUSED, Optional.of(why.description()));
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public Page.Error page() {
        return page;
    }
}
