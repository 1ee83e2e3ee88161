package gatehouse.idp.login;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.account.AccountLinker.Linked;
import gatehouse.idp.login.account.AccountLinker;
import gatehouse.idp.login.check.Standing;
import gatehouse.idp.login.flow.BrowserCookie;
import gatehouse.idp.login.flow.KeptFlow;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.LoginFlows.Found;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.login.flow.StepTokens;
import gatehouse.idp.login.step.AttemptNotes;
import gatehouse.idp.login.step.Departures;
import gatehouse.idp.login.step.Finisher;
import gatehouse.idp.login.step.LoginPaths;
import gatehouse.idp.login.step.Restarts;
import gatehouse.idp.login.step.SessionCookie;
import gatehouse.idp.login.step.StepAnswers;
import gatehouse.idp.login.step.StepPages;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.sessions.Session;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.spi.Deadline;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /login/{flow}}: shows the step whose turn it is, takes its answer, and returns to the dispatcher. The flow
 * is of this browser or nothing is done; the answer is of this step or nothing is changed.
 */
final class LoginEndpoint implements Endpoint {

    private static final String CANCELLED = "cancelled";

    private final LoginFlows flows;
    private final SessionCookie sessions;
    private final BrowserCookie browser;
    private final LoginDispatcher dispatcher;
    private final AccountLinker linker;
    private final StepTokens tokens;
    private final StepPages pages;
    private final StepAnswers answers;
    private final Departures departures;
    private final Finisher finisher;
    private final Restarts restarts;
    private final AttemptNotes notes;

    LoginEndpoint(LoginFlows flows, SessionCookie sessions, BrowserCookie browser, LoginDispatcher dispatcher,
            AccountLinker linker, Steps steps) {
        this.browser = browser;
        this.flows = flows;
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.linker = linker;
        this.tokens = steps.tokens();
        this.pages = steps.pages();
        this.answers = steps.answers();
        this.departures = steps.departures();
        this.finisher = steps.finisher();
        this.restarts = steps.restarts();
        this.notes = steps.notes();
    }

    /** What the steps are made of. */
    record Steps(StepTokens tokens, StepPages pages, StepAnswers answers, Departures departures, Finisher finisher,
            Restarts restarts, AttemptNotes notes) {}

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var id = request.pathParameter("flow");
        return switch (flows.find(id, request, deadline)) {
            case Found.Gone() -> restarts.restart(id, request);
            case Found.Foreign(var flow) when flow.isUnclaimed() -> claim(id, request, deadline);
            case Found.Foreign(var flow) ->
                throw LoginError.of(LoginReason.FOREIGN_BROWSER, LoginPaths.home(flow.asked().relyingParty()));
            case Found.Mine(var kept) -> request.method().equals("POST")
                    ? answer(kept, request, deadline)
                    : show(kept, request, deadline);
        };
    }

    /** A flow that began at an identity provider becomes that of the first browser that comes to its page. */
    private Reply claim(String id, Request request, Deadline deadline) {
        var value = browser.valueOf(request);
        flows.findAny(id, request, deadline).filter(kept -> kept.flow().isUnclaimed())
                .flatMap(kept -> written(kept.with(kept.flow().boundTo(browser.hash(value))), deadline));
        return Reply.seeOther(LoginPaths.flow(request.issuer(), id)).with(browser.keeping(value, request.issuer()));
    }

    private Reply show(KeptFlow kept, Request request, Deadline deadline) {
        var session = sessions.session(request, deadline);
        if (kept.flow().isFinished()) {
            return finisher.finishAgain(kept, session, request, deadline);
        }
        if (request.query().optional("change").filter("identifier"::equals).isPresent() && mayChange(kept.flow())) {
            return pages.identifier(kept, request);
        }
        if (isUnanswerable(kept.flow())) {
            return pages.identifier(kept, request);
        }
        if (kept.flow().arrived().isPresent() && mustBeWanted(kept.flow(), session)) {
            return pages.landing(kept, session, request, deadline);
        }
        if (kept.flow().arrived().isPresent()) {
            return welcome(kept, new Standing(kept.flow(), session), request, deadline);
        }
        var standing = new Standing(kept.flow(), session);
        return go(kept, standing, dispatcher.next(standing, deadline), request, deadline);
    }

    /**
     * Whether the person must say that they want to be signed in as who arrived: where the identity provider began, and
     * unless the browser is signed in as that very person.
     */
    private static boolean mustBeWanted(LoginFlow flow, Optional<Session> session) {
        var arrived = flow.arrived().map(UpstreamIdentity::session);
        return flow.isUnsolicited() && !flow.consented() && session.flatMap(now -> now.authentication().upstream())
                .filter(now -> arrived.filter(then -> now.connection().equals(then.connection())
                        && now.subject().equals(then.subject())).isPresent())
                .isEmpty();
    }

    /** Where the application has named the organization, there is no other address to give. */
    private static boolean mayChange(LoginFlow flow) {
        return flow.asked().organization().isEmpty();
    }

    /**
     * Somebody is back from their identity provider, in the browser that left for it: only now is the identity used.
     */
    private Reply welcome(KeptFlow kept, Standing before, Request request, Deadline deadline) {
        var asked = kept.flow().asked();
        var identity = kept.flow().arrived().orElseThrow();
        return switch (linker.link(asked, identity, request.traceId(), deadline)) {
            case Linked.Refused(var reason) -> {
                notes.ended(asked.issuer().name(), kept.id(), identity, Optional.of(reason), deadline);
                if (kept.flow().isSilent()) {
                    yield unasked(kept, LoginAnswer.Need.INTERACTION_REQUIRED, request, deadline);
                }
                throw refused(reason, kept);
            }
            case Linked.Known(var proof) -> {
                var proved = kept.with(kept.flow().proved(proof));
                var standing = new Standing(proved.flow(), before.session());
                var next = dispatcher.next(standing, deadline);
                yield noted(kept, identity, deadline, () -> next instanceof NextStep.Finish
                        ? finisher.finish(proved, standing, request, deadline)
                        : written(proved, deadline)
                                .map(now -> go(now, standing, next, request, deadline))
                                .orElseGet(() -> lookAgain(kept, request)));
            }
        };
    }

    /** What {@code rest} answers; the attempt of {@code identity} ended with it, well or by its refusal. */
    private Reply noted(KeptFlow kept, UpstreamIdentity identity, Deadline deadline, Supplier<Reply> rest) {
        var issuer = kept.flow().asked().issuer().name();
        try {
            var reply = rest.get();
            notes.ended(issuer, kept.id(), identity, Optional.empty(), deadline);
            return reply;
        } catch (LoginError refusal) {
            refusal.why().ifPresent(reason ->
                    notes.ended(issuer, kept.id(), identity, Optional.of(reason), deadline));
            throw refusal;
        }
    }

    private Reply answer(KeptFlow kept, Request request, Deadline deadline) {
        var form = request.form();
        var shown = form.optional("step").flatMap(token -> tokens.verify(token, kept))
                .orElseThrow(() -> LoginError.of(LoginReason.STEP_INVALID,
                        Optional.of(LoginPaths.goOn(request.issuer(), kept.id()))));
        if (kept.flow().isFinished()) {
            return finisher.finishAgain(kept, sessions.session(request, deadline), request, deadline);
        }
        if (form.optional("action").filter("cancel"::equals).isPresent()) {
            kept.flow().arrived().ifPresent(identity -> notes.ended(kept.flow().asked().issuer().name(), kept.id(),
                    identity, Optional.of(LoginReason.LANDING_DECLINED), deadline));
            return written(kept.with(kept.flow().refused(CANCELLED)), deadline)
                    .map(_ -> Reply.seeOther(LoginPaths.resume(kept.flow().asked(), kept.id())))
                    .orElseGet(() -> lookAgain(kept, request));
        }
        if (shown.step().equals("identifier")) {
            // An address may be given at any time, also from a page that the browser kept: it begins afresh.
            return turn(kept, answers.identifier(kept.flow(), form, deadline), request, deadline);
        }
        if (kept.flow().arrived().isPresent()) {
            return shown.step().equals(StepPages.LANDING) && shown.generation() == kept.generation()
                    ? written(kept.with(kept.flow().allowed()), deadline)
                            .map(wanted -> show(wanted, request, deadline)).orElseGet(() -> lookAgain(kept, request))
                    : lookAgain(kept, request);
        }
        var standing = new Standing(kept.flow(), sessions.session(request, deadline));
        var turn = dispatcher.next(standing, deadline);
        if (!turn.form().equals(Optional.of(shown.step())) || shown.generation() != kept.generation()) {
            return lookAgain(kept, request);
        }
        return turn(kept, changed(kept.flow(), turn, request, deadline), request, deadline);
    }

    private LoginFlow changed(LoginFlow flow, NextStep turn, Request request, Deadline deadline) {
        return switch (turn) {
            case NextStep.AskPassword(var identifier) -> answers.password(flow, identifier, request, deadline);
            case NextStep.ChooseConnection offered -> answers.choice(flow, offered, request.form());
            case NextStep.AskConsent _ -> answers.consent(flow, request.form());
            case NextStep.AskIdentifier _, NextStep.GoUpstream _, NextStep.Finish _, NextStep.Refuse _ -> flow;
        };
    }

    /**
     * Goes on from an answered step. What needs no page is done at once; a page is shown by a GET of its own, so that
     * reloading it sends nothing twice.
     */
    private Reply turn(KeptFlow kept, LoginFlow changed, Request request, Deadline deadline) {
        if (changed.problem().isPresent()) {
            written(kept.with(changed), deadline);
            return lookAgain(kept, request);
        }
        var standing = new Standing(changed, sessions.session(request, deadline));
        return switch (dispatcher.next(standing, deadline)) {
            case NextStep.Finish _ -> finisher.finish(kept.with(changed), standing, request, deadline);
            case NextStep.GoUpstream(var connection) -> {
                var departed = changed.departedTo(connection.id());
                var reply = departures.depart(kept.id(), changed, connection, request, deadline);
                yield written(kept.with(departed), deadline).isPresent() ? reply : lookAgain(kept, request);
            }
            case NextStep.AskIdentifier _, NextStep.AskPassword _, NextStep.ChooseConnection _, NextStep.AskConsent _,
                    NextStep.Refuse _ -> {
                written(kept.with(changed), deadline);
                yield lookAgain(kept, request);
            }
        };
    }

    private Reply go(KeptFlow kept, Standing standing, NextStep next, Request request, Deadline deadline) {
        if (kept.flow().isSilent() && !(next instanceof NextStep.Finish)) {
            return unasked(kept, need(next), request, deadline);
        }
        return switch (next) {
            case NextStep.AskIdentifier() -> pages.identifier(kept, request);
            case NextStep.AskPassword(var identifier) -> pages.password(kept, identifier, request);
            case NextStep.ChooseConnection choice -> pages.choice(kept, choice, request, deadline);
            case NextStep.AskConsent consent -> pages.consent(kept, consent, standing, request, deadline);
            case NextStep.GoUpstream(var connection) -> {
                var reply = departures.depart(kept.id(), kept.flow(), connection, request, deadline);
                yield written(kept.with(kept.flow().departedTo(connection.id())), deadline).isPresent()
                        ? reply
                        : lookAgain(kept, request);
            }
            case NextStep.Finish() -> finisher.finish(kept, standing, request, deadline);
            case NextStep.Refuse(var reason) -> throw refused(reason, kept);
        };
    }

    /** What nobody may be asked for in a silent login. */
    private static LoginAnswer.Need need(NextStep next) {
        return switch (next) {
            case NextStep.AskConsent _ -> LoginAnswer.Need.CONSENT_REQUIRED;
            case NextStep.Refuse _ -> LoginAnswer.Need.INTERACTION_REQUIRED;
            case NextStep.AskIdentifier _, NextStep.AskPassword _, NextStep.ChooseConnection _, NextStep.GoUpstream _,
                    NextStep.Finish _ -> LoginAnswer.Need.LOGIN_REQUIRED;
        };
    }

    /** Ends a silent login that would have to ask. */
    private Reply unasked(KeptFlow kept, LoginAnswer.Need need, Request request, Deadline deadline) {
        return written(kept.with(kept.flow().refused(need.word())), deadline)
                .map(_ -> Reply.seeOther(LoginPaths.resume(kept.flow().asked(), kept.id())))
                .orElseGet(() -> lookAgain(kept, request));
    }

    /** What was typed is no address, or another organization's: the e-mail page says so. */
    private static boolean isUnanswerable(LoginFlow flow) {
        return flow.problem().filter(key -> !key.equals("problem.password")).isPresent();
    }

    private Optional<KeptFlow> written(KeptFlow changed, Deadline deadline) {
        return flows.replace(changed, deadline);
    }

    private static Reply lookAgain(KeptFlow kept, Request request) {
        return Reply.seeOther(LoginPaths.flow(request.issuer(), kept.id()));
    }

    private LoginError refused(LoginReason reason, KeptFlow kept) {
        var asked = kept.flow().asked();
        return LoginError.of(reason, mayChange(kept.flow())
                ? Optional.of(LoginPaths.otherWay(asked.issuer(), kept.id()))
                : LoginPaths.home(asked.relyingParty()).or(() -> restarts.link(asked.issuer())));
    }
}
