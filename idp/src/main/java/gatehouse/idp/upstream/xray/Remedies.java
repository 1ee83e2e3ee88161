package gatehouse.idp.upstream.xray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.xray.Remedy.ChangeSetting;
import gatehouse.idp.upstream.xray.Step.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What would mend a refused attempt. Pure: from the attempt and the connection's settings as they are. */
public final class Remedies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Further than that, a clock is wrong and not merely off. */
    private static final Duration SKEW_MAX = Duration.ofSeconds(180);

    private final Attempt attempt;
    private final Connection connection;

    private Remedies(Attempt attempt, Connection connection) {
        this.attempt = attempt;
        this.connection = connection;
    }

    /** What would mend {@code attempt}, best first; empty if nothing here would. */
    public static List<Remedy> of(Attempt attempt, Connection connection) {
        return attempt.diagnosis().map(new Remedies(attempt, connection)::of).orElse(List.of());
    }

    private List<Remedy> of(Diagnosis diagnosis) {
        return switch (diagnosis) {
            case SAML_AUD_01 -> audience();
            case SAML_SIG_01, SAML_ENC_02 -> isSet("metadata_url") ? List.of(new Remedy.RefreshMetadata()) : List.of();
            case SAML_TIME_01, SAML_TIME_02, OIDC_TIME_01, OIDC_TIME_02 -> skew();
            // Without an address to lead to it cannot be switched on: which one, only an administrator knows.
            case SAML_IRT_01, LOGIN_UNSOLICITED_01 -> connection.type().equals("saml") && isSet("idp_initiated_targets")
                    && !connection.settings().path("allows_idp_initiated").asBoolean()
                    ? change("allows_idp_initiated", JSON.booleanNode(true), true) : List.of();
            case SAML_STATUS_04 -> without("name_id_format", false);
            case SAML_STATUS_05, SAML_AUTHN_02 -> without("requested_authn_context", true);
            case SAML_ENC_03 -> change("want_assertions_encrypted", JSON.booleanNode(false), true);
            case OIDC_META_02 -> issuer();
            case OIDC_USERINFO_01 -> change("userinfo", JSON.textNode("never"), false);
            case LOGIN_EMAIL_01 -> emailAttribute();
            case LOGIN_EMAIL_02 -> failed(Check.DOMAIN).flatMap(Compared::received)
                    .map(domain -> List.<Remedy>of(new Remedy.ProveDomain(domain))).orElse(List.of());
            default -> List.of();
        };
    }

    /** Only an audience that stood in a signed assertion, alone and whole. */
    private List<Remedy> audience() {
        boolean signed = attempt.steps().stream()
                .anyMatch(step -> step.check() == Check.SIGNATURE && step.verdict() == Verdict.PASSED);
        var received = failed(Check.AUDIENCE).flatMap(Compared::received)
                .filter(value -> !value.contains(", ") && value.length() < Compared.LENGTH_MAX);
        if (!signed || received.isEmpty()) {
            return List.of();
        }
        var audiences = JSON.arrayNode();
        connection.settings().path("additional_audiences").forEach(audiences::add);
        audiences.add(received.get());
        return change("additional_audiences", audiences, true);
    }

    private List<Remedy> skew() {
        var apart = failed(Check.TIME).flatMap(Compared::received).flatMap(Remedies::instant)
                .map(at -> Duration.between(at, attempt.at()).abs().plusSeconds(1));
        int now = connection.settings().path("clock_skew_seconds").asInt(60);
        return apart.filter(off -> off.compareTo(SKEW_MAX) <= 0 && off.toSeconds() > now)
                .map(off -> change("clock_skew_seconds", JSON.numberNode(off.toSeconds()), true)).orElse(List.of());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** Only a slash more or less: another issuer is another party. */
    private List<Remedy> issuer() {
        var configured = connection.settings().path("issuer").asText();
        return failed(Check.PROVIDER).flatMap(Compared::received)
                .filter(received -> received.equals(configured + '/') || configured.equals(received + '/'))
                .map(received -> change("issuer", JSON.textNode(received), false)).orElse(List.of());
    }

    /** The attribute that came and looks like an address by its name, if there is one. */
    private List<Remedy> emailAttribute() {
        var setting = connection.type().equals("saml") ? "attribute_mapping" : "claim_mapping";
        return attempt.attributes().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("mail")
                        || name.toLowerCase(Locale.ROOT).endsWith("upn"))
                .findFirst()
                .map(name -> {
                    var mapping = connection.settings().get(setting) instanceof ObjectNode known
                            ? known.deepCopy() : JSON.objectNode();
                    return change(setting, mapping.put("email", name), false);
                })
                .orElse(List.of());
    }

    private List<Remedy> without(String setting, boolean lowersSecurity) {
        return isSet(setting) ? change(setting, JSON.nullNode(), lowersSecurity) : List.of();
    }

    private boolean isSet(String setting) {
        return connection.settings().hasNonNull(setting);
    }

    private static List<Remedy> change(String setting, JsonNode value, boolean lowersSecurity) {
        return List.of(new ChangeSetting(setting, value, lowersSecurity));
    }

    private Optional<Compared> failed(Check check) {
        return attempt.steps().stream().filter(step -> step.check() == check && step.verdict() == Verdict.FAILED)
                .map(Step::compared).findFirst();
    }
}
