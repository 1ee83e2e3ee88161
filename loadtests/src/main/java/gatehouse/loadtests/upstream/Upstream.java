package gatehouse.loadtests.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The driver's identity provider on loopback: SAML at {@code /saml}, OpenID Connect at {@code /oidc}.
 *
 * <p>Signs in the next of {@link #PEOPLE} people whenever a browser comes, whoever sent it, with any client secret.
 */
public final class Upstream implements AutoCloseable {

    /** How many different people come back. */
    public static final int PEOPLE = 200;

    private static final int LARGEST_FORM = 64 * 1024;

    private final Vertx vertx;
    private final HttpServer server;
    private final String base;
    private final UpstreamKeys keys;
    private final SamlAnswers saml;
    private final OpenIdAnswers openId;
    private final AtomicLong next = new AtomicLong();

    private Upstream(Vertx vertx, int port, InstantSource clock) {
        this.vertx = vertx;
        this.base = "http://localhost:" + port;
        this.keys = UpstreamKeys.generate(clock.instant());
        this.saml = new SamlAnswers(samlEntityId(), keys, clock);
        this.openId = new OpenIdAnswers(openIdIssuer(), keys, clock);
        this.server = vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(LARGEST_FORM)
            .setMaxInitialLineLength(LARGEST_FORM).setMaxHeaderSize(LARGEST_FORM));
        server.requestHandler(this::answer);
        server.listen(port, "localhost").toCompletionStage().toCompletableFuture().join();
    }

    /** Starts to listen on a port of loopback. */
    public static Upstream start(Vertx vertx, int port, InstantSource clock) {
        return new Upstream(vertx, port, clock);
    }

    public String samlEntityId() {
        return base + "/saml";
    }

    public String samlSingleSignOn() {
        return base + "/saml/sso";
    }

    /** Base64 of the certificate that assertions are signed with, without line breaks. */
    public String samlCertificate() {
        return keys.certificateBase64();
    }

    public String openIdIssuer() {
        return base + "/oidc";
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        request.exceptionHandler(_ -> request.connection().close());
        switch (request.path()) {
            case "/saml/sso" -> samlSignOn(request);
            case "/saml/metadata" -> send(request, "application/samlmetadata+xml", samlMetadata());
            case "/oidc/.well-known/openid-configuration" -> send(request, "application/json", openId.metadata());
            case "/oidc/jwks" -> send(request, "application/json", openId.jwks());
            case "/oidc/authorize" -> authorize(request);
            case "/oidc/token" -> token(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void samlSignOn(HttpServerRequest request) {
        expectForm(request);
        request.endHandler(_ -> {
            var posted = request.getFormAttribute("SAMLRequest");
            var parameter = posted == null ? request.getParam("SAMLRequest") : posted;
            var relayState = posted == null ? request.getParam("RelayState") : request.getFormAttribute("RelayState");
            var number = next.getAndIncrement() % PEOPLE;
            elsewhere(request, "text/html;charset=utf-8", () -> {
                var authnRequest = AuthnRequest.read(parameter, posted == null);
                return samlForm(authnRequest.assertionConsumerService(),
                    saml.answer(authnRequest, Person.numbered(number, "driver-saml.example")), relayState);
            });
        });
    }

    private static String samlForm(String action, String response, String relayState) {
        var relay = relayState == null ? ""
            : "<input type=\"hidden\" name=\"RelayState\" value=\"" + SamlAnswers.escape(relayState) + "\">";
        return "<!doctype html><title>Signing in</title><form method=\"post\" action=\"" + SamlAnswers.escape(action)
            + "\"><input type=\"hidden\" name=\"SAMLResponse\" value=\"" + response + "\">" + relay
            + "<button>Continue</button></form>";
    }

    private String samlMetadata() {
        return """
            <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s"><md:IDPSSODescriptor \
            protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">\
            <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>%s\
            </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService \
            Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%s"/></md:IDPSSODescriptor>\
            </md:EntityDescriptor>""".formatted(samlEntityId(), samlCertificate(), samlSingleSignOn());
    }

    private void authorize(HttpServerRequest request) {
        var code = openId.code(request.getParam("client_id"), request.getParam("nonce"),
            next.getAndIncrement() % PEOPLE);
        var redirect = request.getParam("redirect_uri");
        request.response().setStatusCode(302).putHeader("Location", redirect + (redirect.contains("?") ? "&" : "?")
            + "code=" + code + "&state=" + encode(request.getParam("state")) + "&iss=" + encode(openIdIssuer())).end();
    }

    private void token(HttpServerRequest request) {
        expectForm(request);
        request.endHandler(_ -> {
            var code = request.getFormAttribute("code");
            elsewhere(request, "application/json", () -> openId.tokens(code, "driver-oidc.example"));
        });
    }

    private static void expectForm(HttpServerRequest request) {
        if (request.method() == HttpMethod.POST) {
            request.setExpectMultipart(true);
        }
    }

    /** Signing takes longer than an event loop may. */
    private void elsewhere(HttpServerRequest request, String type, Callable<String> work) {
        Future<String> made = vertx.executeBlocking(work, false);
        made.onSuccess(text -> send(request, type, text))
            .onFailure(_ -> request.response().setStatusCode(400).end());
    }

    private static void send(HttpServerRequest request, String type, String body) {
        request.response().putHeader("Content-Type", type).end(body);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
