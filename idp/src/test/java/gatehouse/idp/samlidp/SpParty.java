package gatehouse.idp.samlidp;

import gatehouse.idp.client.LogoutAddresses;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.Reply;
import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.LogoutRequest;
import gatehouse.idp.samlwire.LogoutResponse;
import gatehouse.idp.samlwire.LogoutWire;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.idp.samlwire.TestCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service provider of {@link SamlIdpHouse} that signs in and out. */
final class SpParty {

    static final String SLO = SamlIdpHouse.ISSUER.at("/saml/idp/slo");

    final SamlIdpHouse house;
    final String entityId;
    final TestCredentials credentials;
    Optional<LogoutRequest.Name> name = Optional.empty();
    Optional<String> index = Optional.empty();

    SpParty(SamlIdpHouse house, String host, TestCredentials credentials, LogoutAddresses logout) {
        this.house = house;
        this.entityId = "https://" + host + "/saml";
        this.credentials = credentials;
        var plain = SamlIdpHouse.serviceProvider(entityId, "https://" + host + "/acs");
        house.register(new ServiceProvider(entityId, plain.issuer(), Optional.empty(), host,
                plain.assertionConsumerServices(), List.of(credentials.certificate()), false, plain.nameIdFormat(),
                plain.attributes(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(logout),
                Optional.empty(), Optional.empty(), true, 1));
    }

    static LogoutAddresses redirect(String host) {
        return new LogoutAddresses(Optional.of(URI.create("https://" + host + "/slo")), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    static LogoutAddresses post(String host) {
        return new LogoutAddresses(Optional.empty(), Optional.of(URI.create("https://" + host + "/slo")),
                Optional.empty(), Optional.empty());
    }

    static LogoutAddresses soap(String host) {
        return new LogoutAddresses(Optional.of(URI.create("https://" + host + "/slo")), Optional.empty(),
                Optional.of(URI.create("https://" + host + "/soap")), Optional.empty());
    }

    /** Signs the person in here, and remembers what it was told. */
    SpParty signIn(Optional<String> format) {
        house.login.signedIn = true;
        var asked = new AuthnRequest(house.wire.newId(), entityId, house.now,
                Optional.of(SamlIdpHouse.ISSUER.at("/saml/idp/sso")), Optional.empty(), Optional.empty(),
                Optional.of(PostBinding.URN), false, false, format, true, RequestedContexts.ANY, Optional.empty());
        house.get("/saml/idp/sso", URI.create(house.wire.redirect(asked, Optional.empty(), Optional.empty())).getRawQuery());
        var post = (Page.AutoPost) house.shown.orElseThrow();
        var response = Dsig.parse(new String(Base64.getDecoder().decode(post.fields().get("SAMLResponse")),
                StandardCharsets.UTF_8)).getDocumentElement();
        var nameId = (org.w3c.dom.Element) response.getElementsByTagNameNS("*", "NameID").item(0);
        name = Optional.of(new LogoutRequest.Name(nameId.getTextContent(), Optional.of(nameId.getAttribute("Format")),
                Optional.empty(), Optional.empty()));
        index = Optional.of(((org.w3c.dom.Element) response.getElementsByTagNameNS("*", "AuthnStatement").item(0))
                .getAttribute("SessionIndex"));
        return this;
    }

    SpParty signIn() {
        return signIn(Optional.empty());
    }

    LogoutWire.Sender sender() {
        return new LogoutWire.Sender(credentials.keys().getPrivate(), credentials.certificate());
    }

    LogoutRequest logoutRequest() {
        return new LogoutRequest(house.wire.newId(), entityId, house.now, Optional.of(SLO), Optional.empty(),
                name.orElseThrow(), index.stream().toList());
    }

    Reply send(LogoutRequest request, boolean post, LogoutWire.Sender by, String relayState) {
        return carry(house.wire.logout().send(request, post, Optional.of(relayState), by));
    }

    Reply send(LogoutRequest request) {
        return send(request, false, sender(), "state");
    }

    Reply carry(LogoutWire.Sent sent) {
        return sent.fields().isEmpty()
                ? house.get("/saml/idp/slo", URI.create(sent.location()).getRawQuery())
                : house.post("/saml/idp/slo", sent.fields(), Map.of());
    }

    /** Answers the request with ID {@code id}, by redirect. */
    Reply answer(String id, StatusCode status, LogoutWire.Sender by) {
        return carry(house.wire.logout().send(new LogoutResponse(house.wire.newId(), entityId, house.now,
                Optional.of(SLO), Optional.of(id), status.urn(), Optional.empty()), false, Optional.empty(), by));
    }
}
