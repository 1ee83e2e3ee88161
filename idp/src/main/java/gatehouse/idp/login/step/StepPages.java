package gatehouse.idp.login.step;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.NextStep;
import gatehouse.idp.login.check.Standing;
import gatehouse.idp.login.flow.KeptFlow;
import gatehouse.idp.login.flow.StepTokens;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.Session;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.Optional;

/** The pages of the steps that ask something. */
public final class StepPages {

    /** The step that asks whether somebody wants to be signed in at all. */
    public static final String LANDING = "landing";

    private final Pages pages;
    private final StepTokens tokens;
    private final TenancyCatalog tenancy;
    private final ClientCatalog clients;
    private final UserStore users;

    public StepPages(Pages pages, StepTokens tokens, TenancyCatalog tenancy, ClientCatalog clients, UserStore users) {
        this.pages = pages;
        this.tokens = tokens;
        this.tenancy = tenancy;
        this.clients = clients;
        this.users = users;
    }

    /** E-mail first. */
    public Reply identifier(KeptFlow kept, Request request) {
        var flow = kept.flow();
        var asked = flow.asked();
        var shown = flow.identifier().or(asked::loginHint).filter(text -> text.length() <= 254).orElse("");
        return show(new Page.Identifier(LoginPaths.flow(asked.issuer(), kept.id()), tokens.issue("identifier", kept),
                shown,
                asked.relyingParty().name(), flow.problem().filter(key -> !key.equals("problem.password")),
                LoginPaths.appScheme(asked)), kept, request);
    }

    /** The password of {@code identifier}. */
    public Reply password(KeptFlow kept, String identifier, Request request) {
        var flow = kept.flow();
        var asked = flow.asked();
        return show(new Page.Password(LoginPaths.flow(asked.issuer(), kept.id()), tokens.issue("password", kept),
                identifier,
                asked.relyingParty().name(), LoginPaths.identifier(asked.issuer(), kept.id()), flow.problem(),
                LoginPaths.appScheme(asked)), kept, request);
    }

    /** The ways in to choose from. */
    public Reply choice(KeptFlow kept, NextStep.ChooseConnection choice, Request request, Deadline deadline) {
        var asked = kept.flow().asked();
        var options = choice.connections().stream()
                .map(connection -> new Page.Choice.Option(connection.id().value(), connection.displayName(),
                        tenancy.organization(connection.issuer(), connection.organization(), deadline)
                                .map(Organization::displayName)))
                .toList();
        var back = choice.others() ? Optional.of(LoginPaths.identifier(asked.issuer(), kept.id()))
                : Optional.<String>empty();
        return show(new Page.Choice(LoginPaths.flow(asked.issuer(), kept.id()), tokens.issue("choice", kept),
                asked.relyingParty().name(), options, back, LoginPaths.appScheme(asked)), kept, request);
    }

    /** What the application asks. */
    public Reply consent(KeptFlow kept, NextStep.AskConsent consent, Standing standing, Request request,
            Deadline deadline) {
        var asked = kept.flow().asked();
        var account = standing.authentication().flatMap(who -> emailOf(who, deadline)).orElse("");
        return show(new Page.Consent(LoginPaths.flow(asked.issuer(), kept.id()), tokens.issue("consent", kept),
                asked.relyingParty().name(), homeOf(asked, deadline), account, consent.scopes(),
                LoginPaths.appScheme(asked)), kept, request);
    }

    /**
     * Does the person want to be signed in as who arrived from their identity provider, unasked?
     *
     * @param session what the browser is signed in to: somebody else's, if anybody's
     */
    public Reply landing(KeptFlow kept, Optional<Session> session, Request request, Deadline deadline) {
        var asked = kept.flow().asked();
        var identity = kept.flow().arrived().orElseThrow();
        var connection = tenancy.connection(asked.issuer().name(), identity.session().connection(), deadline);
        return show(new Page.Landing(LoginPaths.flow(asked.issuer(), kept.id()), tokens.issue(LANDING, kept),
                asked.relyingParty().name(), connection.map(Connection::displayName).orElse(""),
                identity.email().orElse(identity.session().subject()),
                session.flatMap(now -> emailOf(now.authentication(), deadline))), kept, request);
    }

    private Optional<String> emailOf(Authentication who, Deadline deadline) {
        return users.findCached(who.issuer(), who.user(), deadline).map(User::email);
    }

    private Optional<String> homeOf(LoginRequest asked, Deadline deadline) {
        var party = asked.relyingParty();
        return party.kind().equals("oidc")
                ? clients.client(asked.issuer().name(), new ClientId(party.id()), deadline).flatMap(Client::clientUri)
                        .map(URI::toString)
                : Optional.empty();
    }

    private Reply show(Page page, KeptFlow kept, Request request) {
        return pages.render(page, request, kept.flow().asked().uiLocales());
    }
}
