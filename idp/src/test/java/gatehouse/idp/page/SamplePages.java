package gatehouse.idp.page;

import gatehouse.idp.page.Page.Fixer;
import gatehouse.idp.page.Page.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every page, with everything optional present and absent. */
final class SamplePages {

    static final String HOSTILE = "\"><script>alert(1)</script>&'${7*7}";

    private SamplePages() {}

    static Map<String, Page> all() {
        var pages = new LinkedHashMap<String, Page>();
        pages.put("identifier", new Page.Identifier("/login/F", "s", "", "Demo app", Optional.empty(),
                Optional.empty()));
        pages.put("identifier-problem", new Page.Identifier("/login/F", "s", "ada@", "Demo app",
                Optional.of("problem.identifier"), Optional.empty()));
        pages.put("identifier-organization", new Page.Identifier("/login/F", "s", "ada@acme-ads.example", "Demo app",
                Optional.of("problem.organization"), Optional.empty()));
        pages.put("password", new Page.Password("/login/F", "s", "root@gatehouse.example", "Demo app",
                "/login/F?change=identifier", Optional.empty(), Optional.empty()));
        pages.put("password-problem", new Page.Password("/login/F", "s", "root@gatehouse.example", "Demo app",
                "/login/F?change=identifier", Optional.of("problem.password"), Optional.empty()));
        pages.put("choice", new Page.Choice("/login/F", "s", "Demo app",
                List.of(new Page.Choice.Option("c1", "Acme Okta", Optional.of("Acme Ads")),
                        new Page.Choice.Option("c2", "Acme Entra ID", Optional.empty())),
                Optional.of("/login/F?change=identifier"), Optional.empty()));
        pages.put("choice-one", new Page.Choice("/login/F", "s", "Demo app",
                List.of(new Page.Choice.Option("c1", "Acme Okta", Optional.empty())), Optional.empty(),
                        Optional.empty()));
        pages.put("consent", new Page.Consent("/login/F", "s", "Campaign Reports",
                Optional.of("https://reports.example"),
                "ada@acme-ads.example", List.of("openid", "email", "api:read", "unknown:scope"), Optional.empty()));
        pages.put("landing", new Page.Landing("/login/F", "s", "app.example", "Acme Okta", "ada@acme-ads.example",
                Optional.empty()));
        pages.put("landing-other", new Page.Landing("/login/F", "s", "app.example", "Acme Okta",
                "ada@acme-ads.example", Optional.of("bob@acme-ads.example")));
        pages.put("error", new Page.Error(400, "OAUTH-REDIRECT-01", Fixer.THE_APPLICATION,
                Optional.empty(), Optional.of(new Link("https://app.example", "Demo app"))));
        pages.put("error-restart", new Page.Error(400, "LOGIN-ARRIVAL-01", Fixer.YOU, Optional.empty(),
                Optional.of(new Link("/login/again", "link.restart"))));
        pages.put("error-admin", new Page.Error(400, "SAML-SIG-01", Fixer.YOUR_ADMINISTRATOR,
                Optional.of("The response is signed with a certificate that is not on file."),
                Optional.of(new Link("/login/F?change=identifier", "link.other"))));
        pages.put("error-unworded", new Page.Error(500, "X-Y-99", Fixer.US, Optional.empty(), Optional.empty()));
        pages.put("logout-confirm", new Page.LogoutConfirm("/logout", "s", Optional.of("Demo app"),
                Map.of("state", "x")));
        pages.put("logout-confirm-plain", new Page.LogoutConfirm("/logout", "s", Optional.empty(), Map.of()));
        pages.put("logged-out", new Page.LoggedOut(
                Optional.of(new Link("https://app.example", "link.application")), List.of()));
        pages.put("logged-out-plain", new Page.LoggedOut(Optional.empty(), List.of()));
        pages.put("logged-out-partly", new Page.LoggedOut(
                Optional.of(new Link("https://app.example", "Demo app")), List.of("Reports", "Billing")));
        pages.put("logout-progress", new Page.LogoutProgress("/logout/F", "1", "Billing", List.of(
                new Page.LogoutProgress.Party("Reports", "done"), new Page.LogoutProgress.Party("Billing", "next"),
                new Page.LogoutProgress.Party("Acme Okta", "waiting")), false));
        pages.put("logout-progress-unanswered", new Page.LogoutProgress("/logout/F", "1", "Billing", List.of(
                new Page.LogoutProgress.Party("Reports", "failed"),
                new Page.LogoutProgress.Party("Billing", "unanswered"),
                new Page.LogoutProgress.Party("Acme Okta", "waiting")), true));
        pages.put("auto-post", new Page.AutoPost("https://sp.example/acs",
                Map.of("SAMLResponse", "PHNhbWw+", "RelayState", "r")));
        return pages;
    }

    /** Pages whose every text came from somebody hostile. */
    static Stream<Page> hostile() {
        return Stream.of(
                new Page.Identifier(HOSTILE, HOSTILE, HOSTILE, HOSTILE, Optional.of("problem.identifier"),
                        Optional.of(HOSTILE)),
                new Page.Password(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, Optional.empty(),
                        Optional.of("javascript")),
                new Page.Choice(HOSTILE, HOSTILE, HOSTILE,
                        List.of(new Page.Choice.Option(HOSTILE, HOSTILE, Optional.of(HOSTILE))), Optional.of(HOSTILE),
                                Optional.empty()),
                new Page.Consent(HOSTILE, HOSTILE, HOSTILE, Optional.of(HOSTILE), HOSTILE, List.of(HOSTILE),
                        Optional.empty()),
                new Page.Landing(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, Optional.of(HOSTILE)),
                new Page.Error(400, HOSTILE, Fixer.US, Optional.of(HOSTILE), Optional.of(new Link(HOSTILE, HOSTILE))),
                new Page.LogoutConfirm(HOSTILE, HOSTILE, Optional.of(HOSTILE), Map.of(HOSTILE, HOSTILE)),
                new Page.LoggedOut(Optional.of(new Link(HOSTILE, HOSTILE)), List.of(HOSTILE)),
                new Page.LogoutProgress(HOSTILE, HOSTILE, HOSTILE,
                        List.of(new Page.LogoutProgress.Party(HOSTILE, "next")), false),
                new Page.AutoPost(HOSTILE, Map.of(HOSTILE, HOSTILE)));
    }
}
