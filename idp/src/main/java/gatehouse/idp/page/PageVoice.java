package gatehouse.idp.page;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import gatehouse.idp.page.Page.Fixer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How routes that people see say no: by the error page. */
public final class PageVoice implements Voice {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final Pages pages;

    public PageVoice(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        return show(switch (refusal) {
            case PageRefusal worded -> worded.page();
            case BadRequest malformed -> ofHttp(malformed.status());
            case Refusal other -> new Page.Error(400, code(other), Fixer.YOUR_ADMINISTRATOR, Optional.empty(),
                    Optional.empty());
        }, request);
    }

    @Override
    public Reply unavailable(Request request) {
        // Only a GET may be tried again by a link: what a form sent is not in its address.
        var retry = request.method().equals("GET") ? Optional.of(new Page.Link(self(request), "link.retry"))
                : Optional.<Page.Link>empty();
        return show(new Page.Error(503, "SRV-BUDGET-01", Fixer.US, Optional.empty(), retry), request)
                .with("Retry-After", RETRY_AFTER_SECONDS);
    }

    @Override
    public Reply fault(Request request) {
        return show(new Page.Error(500, "SRV-FAULT-01", Fixer.US, Optional.empty(), Optional.empty()), request);
    }

    private Reply show(Page.Error page, Request request) {
        return pages.render(page, request, List.of());
    }

    private static Page.Error ofHttp(int status) {
        return new Page.Error(status, status == 404 ? "HTTP-404-01" : "HTTP-400-01", Fixer.THE_APPLICATION,
                Optional.empty(), Optional.empty());
    }

    private static String code(Refusal refusal) {
        return refusal.reason().toUpperCase(Locale.ROOT).replace('_', '-');
    }

    private static String self(Request request) {
        var path = URI.create(request.issuer().url()).getRawPath() + request.path();
        return request.rawQuery().isEmpty() ? path : path + "?" + request.rawQuery();
    }
}
