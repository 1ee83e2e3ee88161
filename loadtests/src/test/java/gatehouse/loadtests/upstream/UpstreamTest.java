package gatehouse.loadtests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.loadtests.http.Answer;
import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.http.JsonFields;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class UpstreamTest {

    private static final String REQUEST = """
        <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0" \
        AssertionConsumerServiceURL="http://sp.example/acs?a=1&amp;b=2"><saml:Issuer \
        xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">http://sp.example/metadata</saml:Issuer>\
        </samlp:AuthnRequest>""";

    private final Vertx vertx = Vertx.vertx();
    private final Upstream upstream = Upstream.start(vertx, freePort(), InstantSource.system());
    private final HttpDriver http = new HttpDriver(vertx, 4, Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        upstream.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aSamlRequestIsAnsweredWithASignedAssertionForItsSender() throws Exception {
        var page = Jsoup.parse(text(get(URI.create(upstream.samlSingleSignOn() + "?SAMLRequest="
            + encode(deflated(REQUEST)) + "&RelayState=" + encode("a&\"b")))));
        var form = page.forms().getFirst();
        var document = document(Base64.getDecoder().decode(form.select("[name=SAMLResponse]").val()));

        assertThat(form.attr("action")).isEqualTo("http://sp.example/acs?a=1&b=2");
        assertThat(form.select("[name=RelayState]").val()).isEqualTo("a&\"b");
        assertThat(document.getDocumentElement().getAttribute("InResponseTo")).isEqualTo("_r1");
        assertThat(document.getElementsByTagNameNS("*", "Audience").item(0).getTextContent())
            .isEqualTo("http://sp.example/metadata");
        assertThat(isSigned(document)).isTrue();
    }

    @Test
    void aSamlAnswerThatIsChangedIsNotSigned() throws Exception {
        var page = Jsoup.parse(text(get(URI.create(upstream.samlSingleSignOn() + "?SAMLRequest="
            + encode(deflated(REQUEST))))));
        var document = document(Base64.getDecoder().decode(page.select("[name=SAMLResponse]").val()));
        document.getElementsByTagNameNS("*", "NameID").item(0).setTextContent("somebody-else");

        assertThat(isSigned(document)).isFalse();
    }

    @Test
    void aCodeIsExchangedForASignedIdToken() throws Exception {
        var issuer = upstream.openIdIssuer();
        var location = URI.create(get(URI.create(issuer + "/authorize?client_id=c1&nonce=n1&state=s1&redirect_uri="
            + encode("http://rp.example/cb"))).headers().get("Location"));
        assertThat(location.toString()).startsWith("http://rp.example/cb?code=").contains("&state=s1&iss=");
        var code = location.getQuery().replaceFirst("code=([^&]*).*", "$1");

        var exchange = Call.form(URI.create(issuer + "/token"), Map.of(), "code=" + encode(code));
        var answer = http.await(exchange).require(200);
        var idToken = SignedJWT.parse(JsonFields.find(answer.body(), "id_token").orElseThrow());

        var key = JWKSet.parse(text(get(URI.create(issuer + "/jwks")))).getKeyByKeyId("upstream").toRSAKey();
        assertThat(idToken.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(idToken.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("n1");
        assertThat(idToken.getJWTClaimsSet().getIssuer()).isEqualTo(issuer);
        assertThat(idToken.getJWTClaimsSet().getAudience()).containsExactly("c1");
    }

    @Test
    void garbageIsRefused() {
        assertThat(get(URI.create(upstream.samlSingleSignOn() + "?SAMLRequest=AAAA")).status()).isEqualTo(400);
        assertThat(get(URI.create(upstream.openIdIssuer() + "/nowhere")).status()).isEqualTo(404);
    }

    private boolean isSigned(Document document) throws Exception {
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(
            new ByteArrayInputStream(Base64.getDecoder().decode(upstream.samlCertificate())));
        var assertion = (Element) document.getElementsByTagNameNS("*", "Assertion").item(0);
        assertion.setIdAttribute("ID", true);
        var signature = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        var validation = new DOMValidateContext(certificate.getPublicKey(), signature);
        return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(validation).validate(validation);
    }

    private Answer get(URI uri) {
        return http.await(Call.get(uri, Map.of()));
    }

    private static String text(Answer answer) {
        return answer.body().toString(StandardCharsets.UTF_8);
    }

    private static Document document(byte[] xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static String deflated(String xml) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            deflater.write(xml.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
