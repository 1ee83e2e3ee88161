package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.spi.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a sign-in that was tried, as it is kept: which checks were made, what was expected and what came, who it
 * was. Bounded; without the message itself.
 */
final class TrialReport {

    private static final int ATTRIBUTES_MAX = 60;
    private static final int VALUE_LENGTH_MAX = 200;

    private TrialReport() {}

    /** It was accepted; whether the person could come in is judged beside it, and nothing is written of them. */
    static ObjectNode of(UpstreamIdentity identity, List<Step> steps, Connection connection, TenancyCatalog tenancy,
            Deadline deadline) {
        var made = new ArrayList<>(steps);
        var email = identity.email().map(text -> text.toLowerCase(Locale.ROOT));
        Optional<Diagnosis> wrong = Optional.empty();
        if (email.filter(text -> text.matches("[^@\\s]+@[^@\\s]+")).isEmpty()) {
            made.add(new Step(Check.EMAIL, Step.Verdict.FAILED, Compared.NOTHING));
            wrong = Optional.of(Diagnosis.LOGIN_EMAIL_01);
        } else {
            made.add(new Step(Check.EMAIL, Step.Verdict.PASSED, Compared.received(email.get())));
            var domain = email.get().substring(email.get().lastIndexOf('@') + 1);
            var own = tenancy.verifiedDomain(connection.issuer(), domain, deadline)
                    .filter(known -> known.organization().equals(connection.organization())).isPresent();
            made.add(new Step(Check.DOMAIN, own ? Step.Verdict.PASSED : Step.Verdict.NOT_REACHED,
                    Compared.received(domain)));
        }
        var report = report(wrong.isEmpty(), made, connection.type());
        wrong.ifPresent(diagnosis -> diagnosed(report, diagnosis, Compared.NOTHING));
        report.set("person", person(identity));
        report.set("attributes", attributes(identity));
        return report;
    }

    /** It was refused. */
    static ObjectNode of(UpstreamRefusal refused, List<Step> steps, String type) {
        var made = new ArrayList<>(steps);
        var check = refused.diagnosis().check();
        if (made.stream().noneMatch(step -> step.check() == check && step.verdict() == Step.Verdict.FAILED)) {
            made.removeIf(step -> step.check() == check);
            made.add(new Step(check, Step.Verdict.FAILED, refused.compared().orElse(Compared.NOTHING)));
        }
        var report = report(false, made, type);
        diagnosed(report, refused.diagnosis(), refused.compared().orElse(Compared.NOTHING));
        return report;
    }

    /** The identity provider could not be asked. */
    static ObjectNode of(OutboundRefused refused, String type) {
        var report = report(false, List.of(new Step(Check.PROVIDER, Step.Verdict.FAILED,
                Compared.received(refused.description()))), type);
        diagnosed(report, type.equals("saml") ? Diagnosis.SAML_META_01 : Diagnosis.OIDC_UPSTREAM_01,
                Compared.received(refused.description()));
        return report;
    }

    private static ObjectNode report(boolean succeeded, List<Step> steps, String type) {
        var report = JsonNodeFactory.instance.objectNode().put("succeeded", succeeded);
        var checks = report.putArray("checks");
        for (var check : Check.of(type)) {
            var made = steps.stream().filter(step -> step.check() == check).reduce((_, last) -> last);
            var line = checks.addObject().put("check", check.wireName()).put("verdict",
                    made.map(step -> step.verdict().name().toLowerCase(Locale.ROOT)).orElse(
                            succeeded && check != Check.ACCOUNT ? "passed" : "not_reached"));
            made.flatMap(step -> step.compared().expected()).ifPresent(value -> line.put("expected", value));
            made.flatMap(step -> step.compared().received()).ifPresent(value -> line.put("received", value));
        }
        return report;
    }

    private static void diagnosed(ObjectNode report, Diagnosis diagnosis, Compared compared) {
        report.put("code", diagnosis.code()).put("fixer", diagnosis.fixer().wireName());
        var said = Diagnosis.arguments(compared);
        report.put("expected", said.get(0)).put("received", said.get(1));
    }

    private static ObjectNode person(UpstreamIdentity identity) {
        var person = JsonNodeFactory.instance.objectNode().put("subject", shortened(identity.session().subject()));
        identity.session().format().ifPresent(format -> person.put("subject_format", shortened(format)));
        identity.email().ifPresent(value -> person.put("email", shortened(value)));
        identity.givenName().ifPresent(value -> person.put("given_name", shortened(value)));
        identity.familyName().ifPresent(value -> person.put("family_name", shortened(value)));
        identity.displayName().ifPresent(value -> person.put("display_name", shortened(value)));
        identity.locale().ifPresent(value -> person.put("locale", shortened(value)));
        return person;
    }

    private static ObjectNode attributes(UpstreamIdentity identity) {
        var attributes = JsonNodeFactory.instance.objectNode();
        identity.attributes().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(ATTRIBUTES_MAX)
                .forEach(entry -> attributes.put(shortened(entry.getKey()),
                        shortened(String.join(", ", entry.getValue()))));
        return attributes;
    }

    private static String shortened(String text) {
        return text.length() <= VALUE_LENGTH_MAX ? text : text.substring(0, VALUE_LENGTH_MAX) + "…";
    }
}
