package gatehouse.idp.upstream.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Request;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.LogoutResponse;
import gatehouse.idp.samlwire.LogoutWire;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.LogoutArrival;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Single logout with an organization's identity provider, as its service provider. */
class SamlLogoutTest {

    private static final String HERE = "https://login.example/logout/arrive/globex";
    private static final String HANDLE = "0123456789abcdef0123456789abcdef00";
    private static final ConnectionId GLOBEX = new ConnectionId("globex");
    private static final LogoutWire.Sender IDP = sender(TestCredentials.IDP);

    private final SamlLogin login = new SamlLogin();
    private final UpstreamLogout globex = open("globex", settings());

    private static LogoutWire.Sender sender(TestCredentials credentials) {
        return new LogoutWire.Sender(credentials.keys().getPrivate(), credentials.certificate());
    }

    private static ObjectNode settings() {
        return SamlLogin.settings().put("slo_url", "https://idp.example/slo");
    }

    private UpstreamLogout open(String id, ObjectNode settings) {
        return login.open(id, settings).logout().orElseThrow();
    }

    private static UpstreamSession came() {
        return new UpstreamSession(GLOBEX, "grace", Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
                Optional.of("_session"), Optional.of(new UpstreamSession.Name(
                        "grace-at-globex", Optional.of(FakeSamlIdp.ENTITY_ID), Optional.of("sp"))));
    }

    private LogoutRequest request() {
        return new LogoutRequest(login.wire.newId(), FakeSamlIdp.ENTITY_ID, login.now, Optional.of(HERE),
                Optional.empty(), new LogoutRequest.Name("grace-at-globex", Optional.empty(), Optional.empty(),
                        Optional.empty()), List.of("_session"));
    }

    private Request carried(LogoutWire.Sent sent) {
        return sent.fields().isEmpty() ? get(URI.create(sent.location()).getRawQuery())
                : SamlLogin.post("/logout/arrive/globex", sent.fields().entrySet().stream()
                        .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private static Request get(String query) {
        var posted = SamlLogin.post("/logout/arrive/globex", "");
        return new Request(new Request.Parts("GET", SamlLogin.ISSUER, "/logout/arrive/globex", Map.of(), query,
                posted.headers(), new byte[0], "192.0.2.1", "trace"));
    }

    private Request carried(LogoutRequest request, boolean post, LogoutWire.Sender by) {
        return carried(login.wire.logout().send(request, post, Optional.of("theirs"), by));
    }

    private LogoutArrival arrive(Request request) {
        return globex.arrive(request, SamlLogin.soon());
    }

    @Test
    void departureNamesTheSessionAsTheProviderDid() {
        var departure = (Departure.Redirect) globex.depart(came(), HANDLE, SamlLogin.soon()).orElseThrow();

        assertThat(departure.url()).startsWith("https://idp.example/slo?SAMLRequest=").contains("&Signature=");
        var sent = login.wire.logout().read(get(URI.create(departure.url()).getRawQuery()))
                .request(login.wire.policy(List.of(TestCredentials.US.certificate())));
        assertThat(sent.id()).isEqualTo("_" + HANDLE);
        assertThat(sent.issuer()).isEqualTo(SamlLogin.us("globex").entityId());
        assertThat(sent.name().value()).isEqualTo("grace-at-globex");
        assertThat(sent.name().qualifier()).contains(FakeSamlIdp.ENTITY_ID);
        assertThat(sent.sessionIndexes()).containsExactly("_session");
        assertThat(globex.takes(came(), SamlLogin.soon())).isTrue();
    }

    @Test
    void providerWithoutALogoutServiceIsLeftAlone() {
        assertThat(open("globex", settings().put("signs_out_upstream", false)).takes(came(), SamlLogin.soon()))
                .isFalse();
        var quiet = open("globex", SamlLogin.settings());
        assertThat(quiet.takes(came(), SamlLogin.soon())).isFalse();
        assertThat(quiet.depart(came(), HANDLE, SamlLogin.soon())).isEmpty();
    }

    @Test
    void metadataSaysWhereTheProviderTakesLogouts() {
        var xml = MetadataWriter.identityProvider(FakeSamlIdp.ENTITY_ID, "https://idp.example/sso",
                "https://idp.example/logout", List.of(TestCredentials.IDP.certificate()));
        var settings = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                .put("metadata_xml", xml);

        var departure = open("globex", settings).depart(came(), HANDLE, SamlLogin.soon()).orElseThrow();

        assertThat(((Departure.Redirect) departure).url()).startsWith("https://idp.example/logout?SAMLRequest=");
    }

    @Test
    void requestOfTheProviderMeansSessionsOfItsOwnConnection() {
        for (boolean post : List.of(true, false)) {
            var asked = (LogoutArrival.Asked) arrive(carried(request(), post, IDP));
            assertThat(asked.sessions()).containsExactly(new UpstreamReference(
                    "main", GLOBEX, Optional.of("grace-at-globex"), Optional.of("_session")));

            var answer = (Departure.Redirect) globex.answer(asked.pending(), false, SamlLogin.soon());
            assertThat(answer.url()).contains("&RelayState=theirs&");
            var response = login.wire.logout().read(get(URI.create(answer.url()).getRawQuery()))
                    .response(login.wire.policy(List.of(TestCredentials.US.certificate())));
            assertThat(response.detail()).contains(StatusCode.PARTIAL_LOGOUT.urn());
        }
    }

    @Test
    void requestWithoutAnIndexMeansAllOfThePersonsSessions() {
        var all = request();
        var asked = (LogoutArrival.Asked) arrive(carried(new LogoutRequest(all.id(), all.issuer(), all.issueInstant(),
                all.destination(), all.notOnOrAfter(), all.name(), List.of()), false, IDP));

        assertThat(asked.sessions()).containsExactly(new UpstreamReference(
                "main", GLOBEX, Optional.of("grace-at-globex"), Optional.empty()));
    }

    private void isRefused(Request request, String reason) {
        assertThatThrownBy(() -> arrive(request)).isInstanceOfSatisfying(UpstreamRefusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static LogoutRequest with(LogoutRequest of, String issuer, Optional<String> destination, Instant made) {
        return new LogoutRequest(of.id(), issuer, made, destination, of.notOnOrAfter(), of.name(), of.sessionIndexes());
    }

    @Test
    void hostileRequestsAreRefused() {
        var good = request();
        for (boolean post : List.of(true, false)) {
            isRefused(carried(good, post, sender(TestCredentials.STRANGER)), "signature_invalid");
            isRefused(carried(with(good, "https://other.example", good.destination(), login.now), post, IDP),
                    "issuer_mismatch");
            isRefused(carried(with(good, good.issuer(),
                    Optional.of("https://login.example/logout/arrive/acme"), login.now), post, IDP),
                    "destination_mismatch");
            isRefused(carried(with(good, good.issuer(), good.destination(), login.now.minus(Duration.ofMinutes(14))),
                    post, IDP), "expired");
            isRefused(carried(with(good, good.issuer(), good.destination(), login.now.plus(Duration.ofMinutes(4))),
                    post, IDP), "not_yet_valid");
        }
        var query = URI.create(login.wire.logout().send(good, false, Optional.of("theirs"), IDP).location()).getRawQuery();
        isRefused(get(query.replaceFirst("&SigAlg=.*", "")), "unsigned");
        isRefused(get(query.replace("RelayState=theirs", "RelayState=ours")), "signature_invalid");
        isRefused(get(query.replace("SAMLRequest=", "SAML%52equest=")), "parameter_encoded");
        isRefused(get(query + "&SAMLRequest=AAAA"), "parameter_repeated");
        isRefused(get("SAMLRequest=" + "A".repeat(300)), "not_deflated");
        arrive(get(query));
        isRefused(get(query), "replayed");
    }

    @Test
    void requestForOneConnectionIsNoneForAnother() {
        var acme = open("acme", settings());

        assertThatThrownBy(() -> acme.arrive(carried(request(), false, IDP), SamlLogin.soon()))
                .isInstanceOfSatisfying(UpstreamRefusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo("destination_mismatch"));
    }

    @Test
    void answerBringsTheHandleBack() {
        assertThat(arrive(carried(login.wire.logout().send(answer(StatusCode.SUCCESS), false, Optional.empty(), IDP))))
                .isEqualTo(new LogoutArrival.Answered(HANDLE, true));
        assertThat(arrive(carried(login.wire.logout().send(answer(StatusCode.RESPONDER), true, Optional.empty(), IDP))))
                .isEqualTo(new LogoutArrival.Answered(HANDLE, false));
        isRefused(carried(login.wire.logout().send(answer(StatusCode.SUCCESS), false, Optional.empty(),
                sender(TestCredentials.STRANGER))), "signature_invalid");
    }

    private LogoutResponse answer(StatusCode status) {
        return new LogoutResponse(login.wire.newId(), FakeSamlIdp.ENTITY_ID, login.now, Optional.of(HERE),
                Optional.of("_" + HANDLE), status.urn(), Optional.empty());
    }
}
