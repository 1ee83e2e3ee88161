package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UserKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who an assertion says somebody is: by a name that lasts, with whatever its product calls the rest. */
class IdentityReaderTest {

    private static final String WS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    private final SamlLogin login = new SamlLogin();

    private UpstreamIdentity arrive(ObjectNode settings, Consumer<FakeSamlIdp> draft) {
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());
        var idp = login.answer(departure);
        draft.accept(idp);
        return SamlLogin.arrive(connector, departure, idp.bothSigned());
    }

    private void refuses(String reason, ObjectNode settings, Consumer<FakeSamlIdp> draft) {
        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(settings, draft));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static String friendly(String name, String friendlyName, String value) {
        return FakeSamlIdp.attribute(name, value).replace("<saml:Attribute Name",
                "<saml:Attribute FriendlyName=\"" + friendlyName + "\" Name");
    }

    @Test
    void profileComesFromWhatTheUsualProductsSend() {
        record Product(String email, String given, String family) {}
        for (var product : List.of(new Product("email", "firstName", "lastName"),
                new Product(WS + "emailaddress", WS + "givenname", WS + "surname"),
                new Product("User.Email", "User.FirstName", "User.LastName"),
                new Product("urn:oid:0.9.2342.19200300.100.1.3", "urn:oid:2.5.4.42", "urn:oid:2.5.4.4"),
                new Product("urn:oid:1.2.840.113549.1.9.1", "urn:oid:2.5.4.42", "urn:oid:2.5.4.4"),
                new Product("email", "firstname", "lastname"))) {
            var identity = arrive(settings(), idp -> idp.attributes = FakeSamlIdp.attribute(product.email(), "a@b.example")
                    + FakeSamlIdp.attribute(product.given(), "Ada") + FakeSamlIdp.attribute(product.family(), "Byron"));

            assertThat(identity.email()).as(product.toString()).contains("a@b.example");
            assertThat(identity.givenName()).as(product.toString()).contains("Ada");
            assertThat(identity.familyName()).as(product.toString()).contains("Byron");
        }
    }

    @Test
    void attributeIsFoundByItsFriendlyNameWhereNoneHasItForAName() {
        var settings = settings();
        settings.putObject("attribute_mapping").put("given_name", "vorname").put("email", "post");

        var identity = arrive(settings, idp -> idp.attributes = friendly("urn:x:1", "vorname", "Ada")
                + friendly("urn:x:2", "post", "wrong@b.example") + FakeSamlIdp.attribute("post", "right@b.example"));

        assertThat(identity.givenName()).contains("Ada");
        assertThat(identity.email()).contains("right@b.example");
        assertThat(identity.attributes()).as("friendly names are no attributes").doesNotContainKey("vorname");
    }

    @Test
    void userKeyIsAnAttributeByItsNameWithOneValue() {
        var settings = settings().put("subject_attribute", "uid");

        var identity = arrive(settings, idp -> idp.attributes += FakeSamlIdp.attribute("uid", "u-17"));

        assertThat(identity.session().subject()).isEqualTo("u-17");
        assertThat(identity.key()).contains(new UserKey("attribute uid", false));
        refuses("subject_missing", settings, idp -> idp.attributes += friendly("urn:x:1", "uid", "u-17"));
        refuses("subject_unusable", settings, idp -> idp.attributes += FakeSamlIdp.attribute("uid", "u-17", "u-18"));
        refuses("subject_unusable", settings, idp -> idp.attributes += FakeSamlIdp.attribute("uid", "u-17")
                + FakeSamlIdp.attribute("uid", "u-18"));
        refuses("subject_missing", settings, idp -> idp.attributes += FakeSamlIdp.attribute("uid", ""));
    }

    @Test
    void userKeyTellsTheFormatOfTheNameAndWhetherPeopleAreRekeyedNow() {
        var until = login.now.plusSeconds(60);
        var rekeying = settings().put("rekey_by_email_until", until.toString());

        assertThat(arrive(rekeying, _ -> { }).key())
                .contains(new UserKey("nameid urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", true));
        assertThat(arrive(settings(), idp -> idp.beforeSigning = xml -> xml.replaceAll("NameID Format=\"[^\"]*\"",
                "NameID")).key())
                .contains(new UserKey("nameid urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified", false));
        login.now = until;
        assertThat(arrive(rekeying, _ -> { }).key().orElseThrow().rekeyable()).isFalse();
    }

    @Test
    void nameIsTheWholeVerifiedText() {
        for (var name : List.of("root@acme<!-- -->-ads.example", "root@acme<![CDATA[-ads]]>.example",
                "root@acme<?x y?>-ads.example", "root@acme&#45;ads.example", "\n  root@acme-ads.example\n  ")) {
            assertThat(arrive(settings(), idp -> idp.nameId = name).session().subject()).as(name)
                    .isEqualTo("root@acme-ads.example");
        }
        assertThat(arrive(settings(), idp -> idp.attributes = FakeSamlIdp.attribute("email",
                "root@acme<!-- x -->-ads.example.attacker.example")).email())
                .contains("root@acme-ads.example.attacker.example");
    }

    @Test
    void sessionEndsByTheStrictestOfSeveralStatements() {
        var identity = arrive(settings(), idp -> idp.beforeSigning = xml -> xml.replace("<saml:AttributeStatement>",
                "<saml:AuthnStatement AuthnInstant=\"" + login.now + "\" SessionNotOnOrAfter=\""
                        + login.now.plus(Duration.ofHours(1)) + "\"><saml:AuthnContext><saml:AuthnContextClassRef>urn:x"
                        + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
                        + "<saml:AttributeStatement>"));

        assertThat(identity.notOnOrAfter()).contains(login.now.plus(Duration.ofHours(1)));
    }
}
