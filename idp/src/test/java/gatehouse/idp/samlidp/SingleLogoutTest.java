package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.client.LogoutAddresses;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.Reply;
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.LogoutWire;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.idp.samlwire.TestCredentials;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** One service provider signs out, and everybody who knows the session is told, or named. */
class SingleLogoutTest {

    private final SamlIdpHouse house = new SamlIdpHouse();
    private final SpParty first =
            new SpParty(house, "first.example", TestCredentials.IDP, SpParty.redirect("first.example"));

    private SpParty second(LogoutAddresses at) {
        return new SpParty(house, "second.example", TestCredentials.IDP_NEXT, at);
    }

    private static String location(Reply reply) {
        assertThat(reply.status()).isEqualTo(303);
        return reply.headers().stream().filter(header -> header.name().equals("Location")).findFirst().orElseThrow()
                .value();
    }

    private static Map<String, String> query(String url) {
        var query = new HashMap<String, String>();
        for (var pair : URI.create(url).getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static Element message(String url, String name) {
        var deflated = Base64.getDecoder().decode(query(url).get(name));
        try (var xml = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            return Dsig.parse(new String(xml.readAllBytes(), StandardCharsets.UTF_8)).getDocumentElement();
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static String status(Element response) {
        var codes = response.getElementsByTagNameNS("*", "StatusCode");
        var last = (Element) codes.item(codes.getLength() - 1);
        return last.getAttribute("Value").replaceFirst(".*:", "");
    }

    /** What the first service provider is answered by redirect. */
    private String answered(Reply reply) {
        var url = location(reply);
        assertThat(url).startsWith("https://first.example/slo?SAMLResponse=");
        assertThat(query(url)).containsEntry("RelayState", "state").containsKeys("Signature", "SigAlg");
        return status(message(url, "SAMLResponse"));
    }

    private String errorCode() {
        return ((Page.Error) house.shown.orElseThrow()).code();
    }

    private String path(Reply reply) {
        return location(reply).substring(SamlIdpHouse.ISSUER.url().length());
    }

    private Reply press(String path, String action) {
        house.get(path, "");
        var page = (Page.LogoutProgress) house.shown.orElseThrow();
        var pressed = house.post(path, Map.of("step", page.step(), "action", action), Map.of());
        assertThat(path(pressed)).isEqualTo(path);
        return action.equals("go") ? house.get(path, "") : pressed;
    }

    @Test
    void onlyParticipantIsAnsweredAtOnceByEitherBinding() {
        first.signIn();
        assertThat(answered(first.send(first.logoutRequest()))).isEqualTo("Success");
        assertThat(house.alive()).isEmpty();

        first.signIn();
        assertThat(answered(first.send(first.logoutRequest(), true, first.sender(), "state"))).isEqualTo("Success");
        assertThat(house.alive()).isEmpty();
        assertThat(house.audited).filteredOn(event -> event.action().wireName().equals("logout.finished")).hasSize(2);
    }

    @Test
    void othersAreVisitedAndTheInitiatorAnsweredLast() {
        first.signIn();
        var second = second(SpParty.redirect("second.example")).signIn();

        var way = path(first.send(first.logoutRequest()));
        assertThat(house.alive()).isEmpty();
        var visit = location(press(way, "go"));
        assertThat(visit).startsWith("https://second.example/slo?SAMLRequest=");
        var asked = message(visit, "SAMLRequest");
        assertThat(asked.getElementsByTagNameNS("*", "NameID").item(0).getTextContent())
                .isEqualTo(second.name.orElseThrow().value());
        assertThat(asked.getElementsByTagNameNS("*", "SessionIndex").item(0).getTextContent())
                .isEqualTo(second.index.orElseThrow());

        var back = path(second.answer(asked.getAttribute("ID"), StatusCode.SUCCESS, second.sender()));
        assertThat(back).isEqualTo(way);
        var end = path(house.get(way, ""));
        assertThat(answered(house.get(end.substring(0, end.indexOf('?')), end.substring(end.indexOf('?') + 1))))
                .isEqualTo("Success");
    }

    private String finish(String way) {
        var end = path(house.get(way, ""));
        return answered(house.get(end.substring(0, end.indexOf('?')), end.substring(end.indexOf('?') + 1)));
    }

    @Test
    void whoDoesNotAnswerIsLeftOutAndNamed() {
        first.signIn();
        second(SpParty.post("second.example")).signIn();
        var way = path(first.send(first.logoutRequest()));

        press(way, "go");
        assertThat(((Page.AutoPost) house.shown.orElseThrow()).action()).isEqualTo("https://second.example/slo");
        house.get(way, ""); // the person comes back
        var page = (Page.LogoutProgress) house.shown.orElseThrow();
        assertThat(page.unanswered()).isTrue();
        assertThat(page.next()).isEqualTo("second.example");
        press(way, "skip");

        assertThat(finish(way)).isEqualTo("PartialLogout");
    }

    @Test
    void whoFailsOrTakesNoLogoutIsNamed() {
        first.signIn();
        var second = second(SpParty.redirect("second.example")).signIn();
        var way = path(first.send(first.logoutRequest()));
        var asked = message(location(press(way, "go")), "SAMLRequest");
        second.answer(asked.getAttribute("ID"), StatusCode.RESPONDER, second.sender());
        assertThat(finish(way)).isEqualTo("PartialLogout");

        second(LogoutAddresses.NONE).signIn();
        first.signIn();
        assertThat(answered(first.send(first.logoutRequest()))).isEqualTo("PartialLogout");
    }

    @Test
    void serversAreToldWithoutTheBrowser() {
        first.signIn();
        var second = second(SpParty.soap("second.example")).signIn();
        house.servers.put(URI.create("https://second.example/soap"), envelope -> {
            var request = house.wire.logout().readSoap(envelope)
                    .request(house.wire.policy(List.of(TestCredentials.US.certificate())));
            assertThat(request.name().value()).isEqualTo(second.name.orElseThrow().value());
            return new HttpCaller.Answer(200, Map.of(), house.wire.logout().envelope(house.wire.logout().answer(
                    house.wire.newId(), second.entityId, Optional.empty(), request.id(), true), second.sender()));
        });

        assertThat(finish(path(first.send(first.logoutRequest())))).isEqualTo("Success");
    }

    @Test
    void serverThatDoesNotAnswerLeavesTheVisit() {
        first.signIn();
        second(SpParty.soap("second.example")).signIn();

        var way = path(first.send(first.logoutRequest()));

        assertThat(location(press(way, "go"))).startsWith("https://second.example/slo?SAMLRequest=");
    }

    @Test
    void serverEndsASessionByItself() {
        first.signIn();
        second(SpParty.redirect("second.example")).signIn();
        var asked = first.logoutRequest();
        var direct = new LogoutRequest(asked.id(), asked.issuer(), asked.issueInstant(), Optional.empty(),
                asked.notOnOrAfter(), asked.name(), asked.sessionIndexes());

        var reply = house.postXml("/saml/idp/slo/soap", house.wire.logout().envelope(direct, first.sender()));

        assertThat(reply.status()).isEqualTo(200);
        var response = house.wire.logout().readSoap(reply.body())
                .response(house.wire.policy(List.of(TestCredentials.US.certificate())));
        assertThat(response.inResponseTo()).contains(asked.id());
        assertThat(response.isComplete()).isFalse(); // the second takes visits only
        assertThat(house.alive()).isEmpty();
    }

    @Test
    void nameWithoutAnIndexMeansEverySessionThatTheServiceProviderKnows() {
        first.signIn();
        var elsewhere = house.open("user-1"); // another browser, of which it was not told
        var stranger = house.open("user-2");
        var asked = first.logoutRequest();
        first.send(new LogoutRequest(asked.id(), asked.issuer(), asked.issueInstant(), asked.destination(),
                asked.notOnOrAfter(), asked.name(), List.of()));

        assertThat(house.alive()).isEmpty();
        assertThat(house.lives(elsewhere)).isTrue();
        assertThat(house.lives(stranger)).isTrue();
    }

    @Test
    void serviceProviderEndsNothingByTheNamesOfAnother() {
        first.signIn();
        var second = second(SpParty.redirect("second.example")).signIn();
        var asked = first.logoutRequest();

        for (var mixed : List.of(
                new LogoutRequest("_1", second.entityId, house.now, Optional.of(SpParty.SLO), Optional.empty(),
                        asked.name(), asked.sessionIndexes()),
                new LogoutRequest("_2", second.entityId, house.now, Optional.of(SpParty.SLO), Optional.empty(),
                        asked.name(), List.of()),
                new LogoutRequest("_3", second.entityId, house.now, Optional.of(SpParty.SLO), Optional.empty(),
                        asked.name(), List.of(second.index.orElseThrow())))) {
            assertThat(location(second.send(mixed))).startsWith("https://second.example/slo?SAMLResponse=");
            assertThat(house.alive()).as(mixed.id()).isPresent();
        }
    }

    @Test
    void everySessionHasATransientNameOfItsOwn() {
        first.signIn(Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"));
        var before = first.name.orElseThrow().value();
        first.signIn(Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"));
        assertThat(first.name.orElseThrow().value()).isEqualTo(before);
        assertThat(answered(first.send(first.logoutRequest()))).isEqualTo("Success");
        assertThat(house.alive()).isEmpty();

        first.signIn(Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"));
        assertThat(first.name.orElseThrow().value()).isNotEqualTo(before);
    }

    private void isRefused(LogoutRequest request, boolean post, LogoutWire.Sender by, String code) {
        first.send(request, post, by, "state");
        assertThat(errorCode()).isEqualTo(code);
        assertThat(house.alive()).isPresent();
    }

    @Test
    void hostileRequestsEndNothing() {
        first.signIn();
        var good = first.logoutRequest();
        var stranger = new LogoutWire.Sender(
                TestCredentials.STRANGER.keys().getPrivate(), TestCredentials.STRANGER.certificate());
        for (boolean post : List.of(true, false)) {
            isRefused(good, post, stranger, "SAML-APP-03");
            isRefused(with(good, "https://stranger.example", good.destination(), Duration.ZERO, Optional.empty()),
                    post, stranger, "SAML-APP-01");
            isRefused(with(good, good.issuer(), Optional.of("https://login.example/saml/idp/sso"), Duration.ZERO,
                    Optional.empty()), post, first.sender(), "SAML-APP-04");
            isRefused(with(good, good.issuer(), good.destination(), Duration.ofMinutes(14), Optional.empty()), post,
                    first.sender(), "SAML-APP-04");
            isRefused(with(good, good.issuer(), good.destination(), Duration.ofMinutes(-4), Optional.empty()), post,
                    first.sender(), "SAML-APP-04");
            isRefused(with(good, good.issuer(), good.destination(), Duration.ofMinutes(6),
                    Optional.of(house.now.minus(Duration.ofMinutes(4)))), post, first.sender(), "SAML-APP-04");
        }
        var unaddressed = with(good, good.issuer(), Optional.empty(), Duration.ZERO, Optional.empty());
        house.get("/saml/idp/slo", URI.create(house.wire.logout().send(
                good, false, Optional.empty(), first.sender()).location()).getRawQuery().replaceFirst("&SigAlg.*", ""));
        assertThat(errorCode()).isEqualTo("SAML-APP-03");
        assertThat(unaddressed.destination()).isEmpty();
        assertThat(house.alive()).isPresent();
    }

    private static LogoutRequest with(LogoutRequest of, String issuer, Optional<String> destination, Duration age,
            Optional<java.time.Instant> end) {
        return new LogoutRequest(of.id(), issuer, of.issueInstant().minus(age), destination, end, of.name(),
                of.sessionIndexes());
    }

    @Test
    void queryIsTakenAsItWasSent() {
        first.signIn();
        var query = URI.create(house.wire.logout().send(
                first.logoutRequest(), false, Optional.of("state"), first.sender()).location()).getRawQuery();
        for (var tricked : List.of(
                query.replace("RelayState=state", "RelayState=other"),
                query.replace("RelayState=state", "RelayState=stat%65"), // decodes to the same, was not signed
                query.replace("&RelayState=state", ""),
                query + "&RelayState=state",
                query.replace("SAMLRequest=", "SAML%52equest="),
                query.replace("SAMLRequest=", "SAMLRequest=AAAA&SAMLRequest="),
                query + "&SAMLResponse=AAAA",
                query.replaceFirst("Signature=....", "Signature=AAAA"),
                query.replace("rsa-sha256", "rsa-sha1"))) {
            house.get("/saml/idp/slo", tricked);
            assertThat(errorCode()).as(tricked).startsWith("SAML-APP-0");
            assertThat(house.alive()).as(tricked).isPresent();
        }
        assertThat(answered(house.get("/saml/idp/slo", query))).isEqualTo("Success");
    }

    @Test
    void requestIsObeyedOnce() {
        first.signIn();
        var asked = first.logoutRequest();
        first.send(asked);
        first.signIn();

        isRefused(asked, false, first.sender(), "SAML-APP-04");
        isRefused(asked, true, first.sender(), "SAML-APP-04");
    }

    @Test
    void answersThatNobodyWaitsForChangeNothing() {
        first.signIn();
        var second = second(SpParty.redirect("second.example")).signIn();
        var way = path(first.send(first.logoutRequest()));
        house.get(way, "");
        second.answer("_" + "0".repeat(34), StatusCode.SUCCESS, second.sender());
        assertThat(errorCode()).isEqualTo("SAML-APP-04");
        var id = message(location(press(way, "go")), "SAMLRequest").getAttribute("ID");
        first.answer(id, StatusCode.SUCCESS, first.sender()); // of another one
        assertThat(errorCode()).isEqualTo("SAML-APP-04");
        second.answer(id, StatusCode.SUCCESS, first.sender()); // signed by another one
        assertThat(errorCode()).isEqualTo("SAML-APP-03");
        house.get(way, "");
        assertThat(((Page.LogoutProgress) house.shown.orElseThrow()).unanswered()).isTrue();

        second.answer(id, StatusCode.SUCCESS, second.sender());
        second.answer(id, StatusCode.SUCCESS, second.sender()); // again
        assertThat(errorCode()).isEqualTo("SAML-APP-04");
        assertThat(finish(way)).isEqualTo("Success");
    }

    @Test
    void logoutOfOneBrowserIsNotContinuedInAnother() {
        first.signIn();
        second(SpParty.redirect("second.example")).signIn();
        var way = path(first.send(first.logoutRequest()));
        house.cookies.clear();

        house.get(way, "");

        assertThat(errorCode()).isEqualTo("LOGOUT-FLOW-01");
    }
}
