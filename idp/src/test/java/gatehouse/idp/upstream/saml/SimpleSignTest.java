package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.HANDLE;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The SimpleSign binding: a signature over the form's octets counts as the response's, if it is whole and alone. */
class SimpleSignTest {

    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private final SamlLogin login = new SamlLogin();

    private static byte[] sign(TestCredentials by, String name, String xml, String relayState, String algorithm) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(by.keys().getPrivate());
            signature.update((name + '=' + xml + "&RelayState=" + relayState + "&SigAlg=" + algorithm)
                    .getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Map<String, String> fields(String xml, TestCredentials by) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("SAMLResponse", Base64.getMimeEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
        fields.put("RelayState", HANDLE);
        fields.put("SigAlg", RSA_SHA256);
        fields.put("Signature", Base64.getEncoder().encodeToString(sign(by, "SAMLResponse", xml, HANDLE, RSA_SHA256)));
        return fields;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + '='
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    private UpstreamIdentity arrive(Consumer<FakeSamlIdp> draft, Consumer<Map<String, String>> change, String more) {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var idp = login.answer(departure);
        draft.accept(idp);
        var fields = fields(Dsig.text(idp.draft()), TestCredentials.IDP);
        change.accept(fields);
        return SamlLogin.arrive(connector, Optional.of(departure.pending()), form(fields) + more);
    }

    private void refuses(String reason, Consumer<Map<String, String>> change, String more) {
        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(_ -> { }, change, more));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    @Test
    void responseSignedBesideItsXmlIsAccepted() {
        assertThat(arrive(_ -> { }, _ -> { }, "").session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(arrive(_ -> { }, fields -> fields.put("KeyInfo", "PGRzOktleUluZm8vPg=="), "").session().subject())
                .isEqualTo(FakeSamlIdp.NAME_ID);
    }

    @Test
    void whatTheSignatureDoesNotCoverIsRefused() {
        refuses("signature_invalid", fields -> fields.put("RelayState", "BBBBBBBBBBBBBBBBBBBBBB"), "");
        refuses("signature_invalid", fields -> fields.remove("RelayState"), "");
        refuses("signature_invalid", fields -> fields.put("SigAlg",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"), "");
        refuses("signature_invalid", fields -> {
            var xml = new String(Base64.getMimeDecoder().decode(fields.get("SAMLResponse")), StandardCharsets.UTF_8);
            fields.put("SAMLResponse", Base64.getEncoder().encodeToString(
                    xml.replace(FakeSamlIdp.NAME_ID, "eve@acme-ads.example").getBytes(StandardCharsets.UTF_8)));
        }, "");
        refuses("signature_invalid", fields -> {
            var xml = new String(Base64.getMimeDecoder().decode(fields.get("SAMLResponse")), StandardCharsets.UTF_8);
            fields.putAll(fields(xml, TestCredentials.STRANGER));
        }, "");
        refuses("signature_invalid", fields -> {
            // A signature over a request of the same text is none over a response.
            var xml = new String(Base64.getMimeDecoder().decode(fields.get("SAMLResponse")), StandardCharsets.UTF_8);
            fields.put("Signature", Base64.getEncoder().encodeToString(
                    sign(TestCredentials.IDP, "SAMLRequest", xml, HANDLE, RSA_SHA256)));
        }, "");
    }

    @Test
    void incompleteRepeatedAndWeakSignaturesAreRefused() {
        refuses("signature_structure", fields -> fields.remove("SigAlg"), "");
        refuses("signature_structure", fields -> fields.remove("Signature"), "");
        refuses("signature_structure", fields -> fields.put("Signature", ""), "");
        refuses("not_base64", fields -> fields.put("Signature", "?"), "");
        refuses("unsigned", fields -> {
            fields.remove("Signature");
            fields.remove("SigAlg");
        }, "");
        for (var name : new String[] {"SAMLResponse", "RelayState", "SigAlg", "Signature"}) {
            refuses("parameter_repeated", _ -> { }, '&' + name + "=x");
            refuses("parameter_repeated", _ -> { }, "&%" + Integer.toHexString(name.charAt(0)) + name.substring(1)
                    + "=x");
        }
        refuses("parameter_repeated", _ -> { }, "&KeyInfo=x&KeyInfo=y");
        refuses("signature_algorithm_refused", fields -> fields.put("SigAlg",
                "http://www.w3.org/2000/09/xmldsig#rsa-sha1"), "");
        refuses("signature_algorithm_refused", fields -> fields.put("SigAlg", "none"), "");
    }

    @Test
    void signedFormIsASignedResponseAndNamesItsDestination() {
        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> arrive(idp -> idp.beforeSigning = xml ->
                xml.replaceFirst(" Destination=\"[^\"]*\"", ""), _ -> { }, ""));

        assertThat(refusal.reason()).isEqualTo("destination_mismatch");
    }

    @Test
    void requestGoesTheSameWay() throws Exception {
        var connector = login.open(settings().put("sso_binding", "post_simple_sign"));

        var form = (Departure.PostForm) connector.depart(call(), soon());

        var xml = new String(Base64.getDecoder().decode(form.fields().get("SAMLRequest")), StandardCharsets.UTF_8);
        assertThat(xml).doesNotContain("Signature")
                .contains("ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign\"");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(TestCredentials.US.keys().getPublic());
        signature.update(("SAMLRequest=" + xml + "&RelayState=" + HANDLE + "&SigAlg=" + form.fields().get("SigAlg"))
                .getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(form.fields().get("Signature")))).isTrue();
        assertThat(SamlLogin.arrive(connector, Optional.of(form.pending()), form(fields(
                Dsig.text(login.answer(form).draft()), TestCredentials.IDP))).session().subject())
                .isEqualTo(FakeSamlIdp.NAME_ID);
    }
}
