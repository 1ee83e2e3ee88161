package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Responses that the right provider signed, and that are not true for us, here and now (saml-profiles §4.1.4.3). */
final class ClaimForgeries {

    private static final String FAMILY = "claim";
    private static final String TENANT = "tenant";

    private ClaimForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(times(), dates(), absent(), confirmations(), answers(), subjects(), versions(),
                lookAlikes(), strangers(), conditions()).flatMap(forgeries -> forgeries);
    }

    /** One lie, told under each kind of signature. */
    private static Stream<Forgery> said(String family, String name, SamlReason reason, Consumer<FakeSamlIdp> lie) {
        return Stream.of(
                Forgery.document(family, name + ", assertion signed", reason, scene -> {
                    lie.accept(scene.idp());
                    return scene.idp().assertionSigned();
                }),
                Forgery.document(family, name + ", both signed", reason, scene -> {
                    lie.accept(scene.idp());
                    return scene.idp().bothSigned();
                }));
    }

    private static Stream<Forgery> written(String name, SamlReason reason, UnaryOperator<String> change) {
        return said(FAMILY, name, reason, idp -> idp.beforeSigning = xml -> {
            var changed = change.apply(xml);
            if (changed.equals(xml)) {
                throw new IllegalStateException("nothing was changed");
            }
            return changed;
        });
    }

    private static Stream<Forgery> times() {
        return Stream.of(
                said(FAMILY, "expired", SamlReason.EXPIRED, idp ->
                        idp.notOnOrAfter = idp.issueInstant.minusSeconds(61)),
                said(FAMILY, "expired long ago", SamlReason.EXPIRED,
                        idp -> idp.notOnOrAfter = idp.issueInstant.minus(Duration.ofDays(999))),
                said(FAMILY, "not yet valid", SamlReason.NOT_YET_VALID,
                        idp -> idp.notBefore = idp.issueInstant.plusSeconds(90)),
                said(FAMILY, "not valid for years", SamlReason.NOT_YET_VALID,
                        idp -> idp.notBefore = idp.issueInstant.plus(Duration.ofDays(999))),
                said(FAMILY, "confirmation expired", SamlReason.EXPIRED,
                        idp -> idp.confirmedUntil = idp.issueInstant.minusSeconds(61)),
                said(FAMILY, "issued in the future", SamlReason.NOT_YET_VALID,
                        idp -> idp.issueInstant = idp.issueInstant.plusSeconds(90)),
                said(FAMILY, "issued yesterday, valid for ever", SamlReason.EXPIRED, idp -> {
                    idp.issueInstant = idp.issueInstant.minus(Duration.ofDays(1));
                    idp.notOnOrAfter = idp.notOnOrAfter.plus(Duration.ofDays(3_650));
                    idp.confirmedUntil = idp.notOnOrAfter;
                }),
                said(FAMILY, "signed in in the future", SamlReason.NOT_YET_VALID,
                        idp -> idp.authnInstant = idp.authnInstant.plusSeconds(90)),
                said(FAMILY, "session over", SamlReason.EXPIRED,
                        idp -> idp.sessionNotOnOrAfter = idp.issueInstant.minusSeconds(61))).flatMap(f -> f);
    }

    /** Dates that are none, or none of a calendar that a server lives to see. */
    private static Stream<Forgery> dates() {
        var places = List.of("NotBefore", "NotOnOrAfter", "AuthnInstant", "SessionNotOnOrAfter", "IssueInstant");
        return places.stream().flatMap(place -> Stream.of("", "tomorrow", "2026-13-01T00:00:00Z", "2026-11-20",
                        "2026-11-20T12:00:00", "1763640000", "+1000000000-12-31T23:59:59.999999999Z",
                        "-1000000000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z",
                                "2026-11-20T12:00:00Z 2099-01-01T00:00:00Z",
                        "2099-01-01T00:00:00Z\u0000".replace("\u0000", "&#9;x"), "9".repeat(5_000))
                .flatMap(date -> written(place + " is <" + (date.length() > 50 ? "long" : date) + ">",
                        SamlReason.MALFORMED_MESSAGE, xml -> xml.replaceAll("( " + place + "=\")[^\"]*", "$1"
                                + date))));
    }

    private static Stream<Forgery> absent() {
        return Stream.of(
                written("no conditions", SamlReason.CONDITIONS_MISSING, xml ->
                        xml.replaceAll("(?s)<saml:Conditions.*</saml:Conditions>", "")),
                written("no audience restriction", SamlReason.CONDITIONS_MISSING, xml ->
                        xml.replaceAll("(?s)<saml:AudienceRestriction>.*</saml:AudienceRestriction>", "")),
                written("no audience", SamlReason.AUDIENCE_MISMATCH, xml ->
                        xml.replaceAll("<saml:Audience>.*</saml:Audience>", "")),
                written("empty audience", SamlReason.AUDIENCE_MISMATCH, xml ->
                        xml.replaceAll("<saml:Audience>[^<]*", "<saml:Audience>")),
                written("no subject", SamlReason.CONFIRMATION_MISSING, xml ->
                        xml.replaceAll("(?s)<saml:Subject>.*</saml:Subject>", "")),
                written("no confirmation", SamlReason.CONFIRMATION_MISSING, xml ->
                        xml.replaceAll("(?s)<saml:SubjectConfirmation .*</saml:SubjectConfirmation>", "")),
                written("no confirmation data", SamlReason.CONFIRMATION_MISSING, xml ->
                        xml.replaceAll("<saml:SubjectConfirmationData [^>]*>", "")),
                written("no recipient", SamlReason.RECIPIENT_MISMATCH, xml -> xml.replaceAll(" Recipient=\"[^\"]*\"",
                        "")),
                written("no end of the confirmation", SamlReason.EXPIRED, xml -> xml.replaceAll(
                        "(ConfirmationData) NotOnOrAfter=\"[^\"]*\"", "$1")),
                written("no authentication statement", SamlReason.AUTHN_STATEMENT_MISSING, xml ->
                        xml.replaceAll("(?s)<saml:AuthnStatement.*</saml:AuthnStatement>", "")),
                written("no authentication instant", SamlReason.MALFORMED_MESSAGE, xml ->
                        xml.replaceAll(" AuthnInstant=\"[^\"]*\"", "")),
                written("no issuer of the assertion", SamlReason.MALFORMED_MESSAGE, xml -> xml.replaceAll(
                        "(?s)(<saml:Assertion[^>]*>\\s*)<saml:Issuer>[^<]*</saml:Issuer>", "$1<saml:Issuer/>")
                        .replace("<saml:Issuer/>", "<saml:Issuer xmlns:x=\"urn:x\"/><saml:Issuer/>")),
                written("empty issuer of the assertion", SamlReason.ISSUER_MISMATCH, xml -> xml.replaceAll(
                        "(?s)(<saml:Assertion[^>]*>\\s*<saml:Issuer>)[^<]*", "$1")),
                written("no instant of issue", SamlReason.MALFORMED_MESSAGE, xml ->
                        xml.replaceAll(" IssueInstant=\"[^\"]*\"", "")),
                written("no name", SamlReason.SUBJECT_MISSING, xml ->
                        xml.replaceAll("<saml:NameID.*</saml:NameID>", "")),
                written("no status", SamlReason.MALFORMED_MESSAGE, xml ->
                        xml.replaceAll("<samlp:Status>.*</samlp:Status>", "")),
                written("a status that only looks like success", SamlReason.STATUS_OTHER, xml ->
                        xml.replace("status:Success", "status:success")),
                Stream.of(Forgery.text(FAMILY, "no assertion", SamlReason.ASSERTION_MISSING, scene -> scene.signedText()
                        .replaceAll("(?s)<saml:Assertion .*</saml:Assertion>", ""))),
                written("no status code", SamlReason.MALFORMED_MESSAGE, xml ->
                        xml.replaceAll("<samlp:StatusCode[^>]*>", ""))).flatMap(f -> f);
    }

    private static Stream<Forgery> confirmations() {
        return Stream.of("holder-of-key", "sender-vouches", "bearer ", "Bearer", "bearer#", "")
                .flatMap(method -> written("confirmation by <" + method + ">",
                        SamlReason.CONFIRMATION_MISSING,
                        xml -> xml.replace("Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"",
                                "Method=\"urn:oasis:names:tc:SAML:2.0:cm:" + method + '"')));
    }

    private static Stream<Forgery> answers() {
        return Stream.of(
                said(FAMILY, "answer to another request", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.inResponseTo = "_other"),
                said(FAMILY, "confirmation of another request", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.confirmationInResponseTo = "_other"),
                said(FAMILY, "confirmation of no request", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.confirmationInResponseTo = null),
                said(FAMILY, "answer to no request", SamlReason.UNSOLICITED, idp -> idp.inResponseTo = null),
                said(FAMILY, "answer to nothing at all", SamlReason.UNSOLICITED, idp -> {
                    idp.inResponseTo = null;
                    idp.confirmationInResponseTo = null;
                }),
                said(FAMILY, "answer to the request in another case", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.inResponseTo = idp.inResponseTo.toUpperCase(java.util.Locale.ROOT)),
                said(FAMILY, "answer to the request and more", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.inResponseTo += " _x"),
                said(FAMILY, "answer to the empty request", SamlReason.IN_RESPONSE_TO_MISMATCH,
                        idp -> idp.inResponseTo = "")).flatMap(f -> f);
    }

    private static Stream<Forgery> subjects() {
        return Stream.of(
                said(FAMILY, "empty name", SamlReason.SUBJECT_MISSING, idp -> idp.nameId = ""),
                said(FAMILY, "name of white space", SamlReason.SUBJECT_MISSING, idp -> idp.nameId = " \n\t "),
                said(FAMILY, "name of a comment", SamlReason.SUBJECT_MISSING, idp -> idp.nameId = "<!--" + Scene.EVIL
                        + "-->"),
                said(FAMILY, "name for this sign-in only", SamlReason.SUBJECT_UNUSABLE,
                        idp -> idp.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
                said(FAMILY, "long name", SamlReason.SUBJECT_UNUSABLE, idp -> idp.nameId = "a".repeat(257)),
                said(FAMILY, "two names", SamlReason.MALFORMED_MESSAGE, idp -> idp.nameId =
                        "a</saml:NameID><saml:NameID>" + Scene.EVIL),
                written("two subjects", SamlReason.MALFORMED_MESSAGE, xml -> xml.replace("<saml:Subject>",
                        "<saml:Subject><saml:NameID>" + Scene.EVIL + "</saml:NameID></saml:Subject><saml:Subject>")),
                written("two conditions", SamlReason.MALFORMED_MESSAGE, xml -> xml.replace("<saml:Conditions ",
                        "<saml:Conditions/><saml:Conditions ")),
                written("two issuers", SamlReason.MALFORMED_MESSAGE, xml -> xml.replaceAll(
                        "(<saml:Issuer>[^<]*</saml:Issuer>)", "$1$1"))).flatMap(f -> f);
    }

    private static Stream<Forgery> versions() {
        return Stream.of("1.1", "2.1", "2", "2.00", " 2.0", "3.0").flatMap(version -> Stream.of(
                written("response of version <" + version + ">", SamlReason.VERSION_UNSUPPORTED,
                        xml -> xml.replaceFirst(" Version=\"2.0\"", " Version=\"" + version + '"')),
                written("assertion of version <" + version + ">", SamlReason.VERSION_UNSUPPORTED,
                        xml -> xml.replaceFirst("(<saml:Assertion[^>]*) Version=\"2.0\"", "$1 Version=\"" + version
                                + '"')))
                .flatMap(f -> f));
    }

    /** Names that only look like ours: each wherever a name of ours is asked for. */
    private static Stream<Forgery> lookAlikes() {
        List<Function<String, String>> changes = List.of(name -> name + "/", name -> name + "?", name -> name + "#x",
                name -> name.replace("://", "://user@"), name -> name.replaceFirst("(http[^/]*//[^/]*)/", "$1./"),
                name -> name.replace("saml", "SAML").replace("login", "LOGIN").replace("idp", "IDP"),
                name -> name.replace("/", "//"), name -> name + "/../x", name -> name.replaceFirst("[a-z]$", "%6c"),
                name -> name + ".evil.example", name -> "x" + name, name -> name + "<!-- -->.evil.example",
                name -> name.substring(0, name.length() - 1), name -> name + "\u200b", name -> name + "," + name);
        List<String> names = List.of("slash", "question mark", "fragment", "user", "dot", "capitals", "slashes", "dots",
                "percent", "suffix", "prefix", "comment", "one letter less", "invisible letter", "twice");
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1).flatMap(i -> {
            var change = changes.get(i);
            var comment = names.get(i).equals("comment");
            return Stream.of(
                    said(TENANT, "audience: " + names.get(i), SamlReason.AUDIENCE_MISMATCH,
                            idp -> idp.audience = change.apply(idp.audience)),
                    said(TENANT, "issuer: " + names.get(i), SamlReason.ISSUER_MISMATCH,
                            idp -> idp.issuer = change.apply(idp.issuer)),
                    said(TENANT, "issuer of the response: " + names.get(i), SamlReason.ISSUER_MISMATCH,
                            idp -> idp.responseIssuer = change.apply(idp.responseIssuer)),
                    comment ? Stream.<Forgery>empty() : said(TENANT, "recipient: " + names.get(i),
                            SamlReason.RECIPIENT_MISMATCH, idp -> idp.recipient = change.apply(idp.recipient)),
                    comment ? Stream.<Forgery>empty() : said(TENANT, "destination: " + names.get(i),
                            SamlReason.DESTINATION_MISMATCH, idp -> idp.destination = change.apply(idp.destination)))
                    .flatMap(f -> f);
        });
    }

    /** Valid responses for somebody else, in every mixture of theirs and ours. */
    private static Stream<Forgery> strangers() {
        var elsewhere = List.<BiConsumer<FakeSamlIdp, String>>of(
                (idp, other) -> idp.destination = idp.destination.replaceAll("/[^/]*$", "/" + other),
                (idp, other) -> idp.recipient = idp.recipient.replaceAll("/[^/]*$", "/" + other),
                (idp, other) -> idp.audience = idp.audience.replaceAll("/[^/]*$", "/" + other),
                (idp, _) -> idp.issuer = "https://other.example/entity",
                (idp, _) -> idp.inResponseTo = "_of-another-login");
        var reasons = List.of(SamlReason.DESTINATION_MISMATCH, SamlReason.RECIPIENT_MISMATCH,
                SamlReason.AUDIENCE_MISMATCH, SamlReason.ISSUER_MISMATCH, SamlReason.IN_RESPONSE_TO_MISMATCH);
        // The order in which the rules are asked: issuer, destination, answer, audience, recipient.
        var order = List.of(3, 0, 4, 2, 1);
        return Stream.iterate(1, mask -> mask < 32, mask -> mask + 1).flatMap(mask -> {
            int first = order.stream().filter(i -> (mask & 1 << i) != 0).findFirst().orElseThrow();
            return said(TENANT, "another connection's " + reasons.stream().filter(r ->
                    (mask & 1 << reasons.indexOf(r)) != 0)
                    .map(r -> r.name().replace("_MISMATCH", "")).toList(), reasons.get(first), idp -> {
                        for (int i = 0; i < elsewhere.size(); i++) {
                            if ((mask & 1 << i) != 0) {
                                elsewhere.get(i).accept(idp, "globex-saml");
                            }
                        }
                    });
        });
    }

    private static Stream<Forgery> conditions() {
        var xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:x=\"urn:x\""
                + " xsi:type=\"x:OnlyOnSundays\"";
        return Stream.of(
                said(FAMILY, "condition of an unknown type", SamlReason.CONDITION_UNKNOWN,
                        idp -> idp.extraConditions = "<saml:Condition" + xsi + "/>"),
                said(FAMILY, "condition of no type", SamlReason.CONDITION_UNKNOWN,
                        idp -> idp.extraConditions = "<saml:Condition/>"),
                said(FAMILY, "condition of another namespace", SamlReason.CONDITION_UNKNOWN,
                        idp -> idp.extraConditions = "<x:Condition xmlns:x=\"urn:x\"/>"),
                said(FAMILY, "second audience restriction without us", SamlReason.AUDIENCE_MISMATCH,
                        idp -> idp.extraConditions = "<saml:AudienceRestriction><saml:Audience>https://other.example"
                                + "</saml:Audience></saml:AudienceRestriction>"),
                said(FAMILY, "second, empty audience restriction", SamlReason.AUDIENCE_MISMATCH,
                        idp -> idp.extraConditions = "<saml:AudienceRestriction/>")).flatMap(f -> f);
    }
}
