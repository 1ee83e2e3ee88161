package gatehouse.idp.login;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Page.Fixer;
import gatehouse.idp.page.PageRefusal;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.Optional;

/** A login that cannot go on, with the page that says so and a way on. */
public final class LoginError extends PageRefusal {

    private final String reason;
    private final Page.Error page;

    private LoginError(String reason, Page.Error page) {
        super(page.code());
        this.reason = reason;
        this.page = page;
    }

    /** Ours. */
    public static LoginError of(LoginReason reason, Optional<Page.Link> wayOn) {
        return new LoginError(reason.word(),
                new Page.Error(reason.status(), reason.code(), reason.fixer(), Optional.empty(), wayOn));
    }

    /** An answer of an identity provider that was not accepted. @param type the connection's protocol */
    public static LoginError of(UpstreamRefusal refusal, String type, Optional<Page.Link> wayOn) {
        return new LoginError(refusal.reason(), new Page.Error(status(refusal), UpstreamCodes.code(refusal, type),
                fixer(refusal), Optional.of(refusal.description()), wayOn));
    }

    /** An identity provider that could not be asked. */
    public static LoginError of(OutboundRefused refusal, String type, Optional<Page.Link> wayOn) {
        return new LoginError(refusal.reason(), new Page.Error(502, UpstreamCodes.prefix(type) + "UPSTREAM-01",
                Fixer.YOUR_ADMINISTRATOR, Optional.empty(), wayOn));
    }

    private static int status(UpstreamRefusal refusal) {
        return switch (refusal.fault()) {
            case USER -> 403;
            case UPSTREAM -> 502;
            case CONFIGURATION, HOSTILE -> 400;
        };
    }

    private static Fixer fixer(UpstreamRefusal refusal) {
        return switch (refusal.fault()) {
            case USER, HOSTILE -> Fixer.YOU;
            case UPSTREAM, CONFIGURATION -> Fixer.YOUR_ADMINISTRATOR;
        };
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
