package gatehouse.idp.login.step;

import gatehouse.idp.http.Compared;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UserKey;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.idp.upstream.xray.Step.Verdict;
import gatehouse.spi.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the administrators of a connection what became of people whom its identity provider has let through. */
public final class AttemptNotes {

    private final AttemptRecorder recorder;
    private final TenancyCatalog tenancy;

    public AttemptNotes(AttemptRecorder recorder, TenancyCatalog tenancy) {
        this.recorder = recorder;
        this.tenancy = tenancy;
    }

    /** The entry of the error catalogue that {@code reason} is for the administrators of a connection. */
    public static Diagnosis diagnosis(LoginReason reason) {
        return switch (reason) {
            case EMAIL_MISSING -> Diagnosis.LOGIN_EMAIL_01;
            case EMAIL_OUTSIDE -> Diagnosis.LOGIN_EMAIL_02;
            case SUBJECT_UNUSABLE -> Diagnosis.LOGIN_SUBJECT_01;
            case SUBJECT_KIND_CHANGED -> Diagnosis.SAML_NAMEID_01;
            case SUBJECT_CHANGED -> Diagnosis.SAML_NAMEID_02;
            case AUTHENTICATION_TOO_OLD -> Diagnosis.LOGIN_AGE_01;
            case UPSTREAM_SESSION_OVER -> Diagnosis.LOGIN_SESSION_01;
            case ACCOUNT_DISABLED -> Diagnosis.LOGIN_ACCOUNT_01;
            case ACCOUNT_OTHER, ORGANIZATION_OTHER -> Diagnosis.LOGIN_ACCOUNT_02;
            case CONNECTION_UNUSABLE, CONNECTION_UNKNOWN, CONNECTION_MISSING, CONNECTION_REQUIRED,
                    ORGANIZATION_UNKNOWN, ORGANIZATION_DISABLED -> Diagnosis.LOGIN_CONNECTION_01;
            case ACCOUNT_MISSING -> Diagnosis.LOGIN_ACCOUNT_03;
            case ACR_INSUFFICIENT -> Diagnosis.LOGIN_ACR_01;
            case RELYING_PARTY_UNUSABLE -> Diagnosis.LOGIN_CLIENT_01;
            case UNSOLICITED -> Diagnosis.LOGIN_UNSOLICITED_01;
            case ARRIVAL_SPENT, ARRIVAL_MISDIRECTED, FLOW_EXPIRED, FOREIGN_BROWSER, STEP_INVALID ->
                    Diagnosis.LOGIN_ARRIVAL_01;
            case LANDING_DECLINED -> Diagnosis.LOGIN_LANDING_01;
        };
    }

    /** Flow {@code flow}, which {@code identity} came back to, goes on; or it ends with {@code refused}. */
    public void ended(
            String issuer, String flow, UpstreamIdentity identity, Optional<LoginReason> refused, Deadline deadline) {
        tenancy.connection(issuer, identity.session().connection(), deadline).ifPresent(connection ->
                recorder.ended(connection, flow, identity, refused.map(AttemptNotes::diagnosis),
                        steps(identity, refused)));
    }

    private static List<Step> steps(UpstreamIdentity identity, Optional<LoginReason> refused) {
        var failed = refused.map(AttemptNotes::diagnosis).map(Diagnosis::check);
        var steps = new ArrayList<Step>();
        for (var check : Check.OURS) {
            if (failed.equals(Optional.of(check))) {
                break;
            }
            // What is refused for another reason may not have come to these checks at all.
            steps.add(new Step(check, failed.isPresent() && !Check.OURS.contains(failed.get())
                    ? Verdict.NOT_REACHED : Verdict.PASSED, compared(check, identity)));
        }
        failed.ifPresent(check -> steps.add(new Step(check, Verdict.FAILED, compared(check, identity))));
        return steps;
    }

    private static Compared compared(Check check, UpstreamIdentity identity) {
        var email = identity.email();
        return switch (check) {
            case EMAIL -> email.map(Attempt::masked).map(Compared::received).orElseGet(() ->
                    Compared.of("email", identity.attributes().keySet().stream().sorted().toList()));
            case DOMAIN -> email.flatMap(EmailAddress::parse).map(EmailAddress::domain).map(Compared::received)
                    .orElse(Compared.NOTHING);
            case SUBJECT -> identity.key().map(UserKey::kind).map(Compared::received).orElse(Compared.NOTHING);
            default -> Compared.NOTHING;
        };
    }
}
