package gatehouse.idp.login;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Page.Fixer;
import gatehouse.idp.page.PageRefusal;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.util.Optional;

/** A login that cannot go on, with the page that says so and a way on. */
public final class LoginError extends PageRefusal {

    private final String reason;
    private final Optional<LoginReason> why;
    private final Page.Error page;

    private LoginError(String reason, Optional<LoginReason> why, Page.Error page) {
        super(page.code());
        this.reason = reason;
        this.why = why;
        this.page = page;
    }

    /** Ours. */
    public static LoginError of(LoginReason reason, Optional<Page.Link> wayOn) {
        return new LoginError(reason.word(), Optional.of(reason),
                new Page.Error(reason.status(), reason.code(), reason.fixer(), Optional.empty(), wayOn));
    }

    /** An answer of an identity provider that was not accepted. What exactly did not fit is for administrators. */
    public static LoginError of(UpstreamRefusal refusal, Optional<Page.Link> wayOn) {
        return new LoginError(refusal.reason(), Optional.empty(), page(status(refusal), refusal.diagnosis(), wayOn));
    }

    /** An identity provider that could not be asked. */
    public static LoginError of(OutboundRefused refusal, String type, Optional<Page.Link> wayOn) {
        return new LoginError(refusal.reason(), Optional.empty(), page(502, unreachable(type), wayOn));
    }

    /** What it is that an identity provider of a connection of {@code type} could not be asked. */
    public static Diagnosis unreachable(String type) {
        return type.equals("saml") ? Diagnosis.SAML_META_01 : Diagnosis.OIDC_UPSTREAM_01;
    }

    private static Page.Error page(int status, Diagnosis diagnosis, Optional<Page.Link> wayOn) {
        return new Page.Error(status, diagnosis.code(), fixer(diagnosis), Optional.empty(), wayOn);
    }

    private static int status(UpstreamRefusal refusal) {
        return switch (refusal.fault()) {
            case USER -> 403;
            case UPSTREAM -> 502;
            case CONFIGURATION, HOSTILE -> 400;
        };
    }

    /** As the person sees it who signs in. */
    private static Fixer fixer(Diagnosis diagnosis) {
        return switch (diagnosis.fixer()) {
            case PERSON -> Fixer.YOU;
            case YOU, IDP_ADMIN -> Fixer.YOUR_ADMINISTRATOR;
            case US -> Fixer.US;
        };
    }

    /** Why, if it is a reason of ours. */
    Optional<LoginReason> why() {
        return why;
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
