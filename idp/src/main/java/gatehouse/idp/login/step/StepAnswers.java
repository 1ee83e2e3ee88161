package gatehouse.idp.login.step;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.credential.PasswordProvider.Attempt;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.credential.PasswordVerdict;
import gatehouse.idp.directory.User;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.NextStep;
import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.login.account.HomeRealmDiscovery;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.Proof;
import gatehouse.sessions.Authentication;
import gatehouse.spi.Deadline;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the answer to a step makes of a flow. Anything that is not an answer to exactly that step changes nothing. */
public final class StepAnswers {

    private final PasswordProvider passwords;
    private final HomeRealmDiscovery realms;
    private final AuditTrail audit;
    private final InstantSource clock;

    public StepAnswers(PasswordProvider passwords, HomeRealmDiscovery realms, AuditTrail audit, InstantSource clock) {
        this.passwords = passwords;
        this.realms = realms;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody says who they are. */
    public LoginFlow identifier(LoginFlow flow, Form form, Deadline deadline) {
        var typed = form.optional("identifier").orElse("").strip();
        var email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            var shown = typed.substring(0, Math.min(typed.length(), EmailAddress.LENGTH_MAX));
            return flow.identifiedAs(shown, Optional.of("problem.identifier"));
        }
        if (isOfAnotherOrganization(flow, email.get(), deadline)) {
            return flow.identifiedAs(email.get().value(), Optional.of("problem.organization"));
        }
        return flow.identifiedAs(email.get().value(), Optional.empty());
    }

    private boolean isOfAnotherOrganization(LoginFlow flow, EmailAddress email, Deadline deadline) {
        var asked = flow.asked();
        return asked.organization().isPresent()
                && realms.of(asked.issuer().name(), email, deadline)
                        .filter(realm -> !realm.organization().equals(asked.organization().get()))
                        .isPresent();
    }

    /** Somebody chooses one of the ways in that were offered. */
    public LoginFlow choice(LoginFlow flow, NextStep.ChooseConnection offered, Form form) {
        var chosen = form.optional("choice").orElse("");
        return offered.connections().stream()
                .filter(connection -> connection.id().value().equals(chosen))
                .findFirst()
                .map(connection -> flow.through(connection.id()))
                .orElse(flow);
    }

    /** Somebody allows what was asked; anything but their plain word is not consent. */
    public LoginFlow consent(LoginFlow flow, Form form) {
        return form.optional("action").filter("allow"::equals).isPresent() ? flow.allowed() : flow;
    }

    /** Somebody proves it by a password. */
    public LoginFlow password(LoginFlow flow, String identifier, Request request, Deadline deadline) {
        var issuer = flow.asked().issuer().name();
        var typed = request.form().optional("password").orElse("").toCharArray();
        var attempt = new Attempt(issuer, identifier, typed, request.clientAddress());
        return switch (passwords.verify(attempt, deadline)) {
            case PasswordVerdict.Verified(var user) -> flow.proved(proof(user));
            case PasswordVerdict.Rejected() -> rejected(flow, "password_wrong", request);
            case PasswordVerdict.Locked() -> rejected(flow, "password_locked", request);
        };
    }

    private LoginFlow rejected(LoginFlow flow, String reason, Request request) {
        audit.record(AuditEvent.of(AuditAction.LOGIN_REFUSED, flow.asked().issuer().name(), request.traceId())
                .address(request.clientAddress()).reason(reason));
        return flow.troubled("problem.password");
    }

    private Proof proof(User user) {
        var authentication = new Authentication(user.issuer(), user.id(), user.organization(), Optional.empty(),
                clock.instant(), AcrPolicy.PASSWORD, List.of("pwd"));
        return new Proof(authentication, user.email(), Optional.empty());
    }
}
