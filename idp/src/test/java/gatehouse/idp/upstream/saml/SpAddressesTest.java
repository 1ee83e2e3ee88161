package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** Names and addresses that a connection's administrator chose are ours, and no others. */
class SpAddressesTest {

    private static final String OLD_ACS = "https://sso.former.example/saml/acs/acme";

    private final SamlLogin login = new SamlLogin();

    private UpstreamIdentity arrive(ObjectNode settings, Consumer<FakeSamlIdp> draft) {
        var connector = login.open(settings);
        var departure = connector.depart(call(), soon());
        var idp = login.answer(departure);
        draft.accept(idp);
        return SamlLogin.arrive(connector, departure, idp.bothSigned());
    }

    private void accepts(ObjectNode settings, Consumer<FakeSamlIdp> draft) {
        assertThat(arrive(settings, draft).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    private void refuses(String reason, ObjectNode settings, Consumer<FakeSamlIdp> draft) {
        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(settings, draft));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static String request(Departure departure) throws Exception {
        var query = URI.create(((Departure.Redirect) departure).url()).getRawQuery();
        var value = query.substring(query.indexOf("SAMLRequest=") + 12, query.indexOf('&'));
        var inflater = new Inflater(true);
        inflater.setInput(Base64.getDecoder().decode(URLDecoder.decode(value, StandardCharsets.UTF_8)));
        var xml = new byte[8192];
        return new String(xml, 0, inflater.inflate(xml), StandardCharsets.UTF_8);
    }

    @Test
    void chosenEntityIdIsOursAndTheUsualOneIsNotAnyMore() throws Exception {
        var chosen = settings().put("sp_entity_id", "urn:amazon:former:sp");

        assertThat(request(login.open(chosen).depart(call(), soon()))).contains(">urn:amazon:former:sp<");
        accepts(chosen, idp -> idp.audience = "urn:amazon:former:sp");
        refuses("audience_mismatch", chosen, _ -> { });
        refuses("audience_mismatch", chosen, idp -> idp.audience = "URN:amazon:former:sp");
    }

    @Test
    void additionalAudiencesAreOursBesideTheUsualOne() {
        var settings = settings();
        settings.putArray("additional_audiences").add("spn:2dd91c1f-0000-4000-8000-000000000001");

        accepts(settings, _ -> { });
        accepts(settings, idp -> idp.audience = "spn:2dd91c1f-0000-4000-8000-000000000001");
        refuses("audience_mismatch", settings, idp -> idp.audience = "spn:2dd91c1f-0000-4000-8000-000000000002");
        refuses("audience_mismatch", settings(), idp ->
                idp.audience = "spn:2dd91c1f-0000-4000-8000-000000000001");
        refuses("audience_mismatch", settings, idp -> idp.extraConditions = "<saml:AudienceRestriction><saml:Audience>"
                + "https://other.example</saml:Audience></saml:AudienceRestriction>");
        accepts(settings, idp -> idp.extraConditions = "<saml:AudienceRestriction><saml:Audience>"
                + "spn:2dd91c1f-0000-4000-8000-000000000001</saml:Audience></saml:AudienceRestriction>");
    }

    @Test
    void responseMayBeMadeForAnAddressOfTheFormerSystem() {
        var settings = settings();
        settings.putArray("additional_acs_urls").add(OLD_ACS);

        accepts(settings, idp -> idp.recipient = OLD_ACS);
        accepts(settings, idp -> idp.destination = OLD_ACS);
        refuses("recipient_mismatch", settings, idp -> idp.recipient = OLD_ACS + "/");
        refuses("recipient_mismatch", settings, idp -> idp.recipient = OLD_ACS.replace("https", "http"));
        refuses("recipient_mismatch", settings(), idp -> idp.recipient = OLD_ACS);
        refuses("destination_mismatch", settings(), idp -> idp.destination = OLD_ACS);
        refuses("recipient_mismatch", settings, idp -> idp.recipient = SamlLogin.us("other").acs());
    }

    @Test
    void requestAsksForAnAddressByItsIndex() throws Exception {
        var settings = settings().put("acs_index", 1);
        settings.putArray("additional_acs_urls").add(OLD_ACS);

        assertThat(request(login.open(settings).depart(call(), soon())))
                .contains("AssertionConsumerServiceIndex=\"1\"")
                .doesNotContain("AssertionConsumerServiceURL").doesNotContain("ProtocolBinding");
        assertThat(request(login.open(settings()).depart(call(), soon())))
                .contains("AssertionConsumerServiceURL=\"" + SamlLogin.us("globex").acs() + '"')
                .doesNotContain("AssertionConsumerServiceIndex");
    }

    @Test
    void requestAsksSilentlyOrAnewAndNeverBoth() throws Exception {
        var asking = new DepartureCall(SamlLogin.HANDLE, Optional.empty(), false, true, Optional.of(Duration.ZERO),
                List.of(), List.of());

        assertThat(request(login.open(settings().put("force_authn", true)).depart(asking, soon())))
                .contains("IsPassive=\"true\"").doesNotContain("ForceAuthn");
        assertThat(request(login.open(settings().put("force_authn", true)).depart(call(), soon())))
                .contains("ForceAuthn=\"true\"").doesNotContain("IsPassive");
        assertThat(request(login.open(settings().put("name_id_allow_create", false)).depart(call(), soon())))
                .contains("AllowCreate=\"false\"");
        assertThat(login.open(settings()).asksSilently()).isFalse();
        assertThat(login.open(settings().put("asks_silently", true)).asksSilently()).isTrue();
    }
}
