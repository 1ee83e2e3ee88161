package gatehouse.idp.upstream.saml;

import static gatehouse.idp.upstream.saml.SamlLogin.arrive;
import static gatehouse.idp.upstream.saml.SamlLogin.call;
import static gatehouse.idp.upstream.saml.SamlLogin.settings;
import static gatehouse.idp.upstream.saml.SamlLogin.soon;
import static gatehouse.idp.upstream.saml.SamlLogin.tampered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Signatures wrapped around something that they do not cover. */
class WrappingAttackTest {

    private final SamlLogin login = new SamlLogin();

    /** The eight classic ways of wrapping a signature (Somorovsky et al., USENIX Security 2012). */
    static List<Attack> wrappings() {
        return List.of(
                Attack.document("XSW1", SamlReason.ASSERTION_MISPLACED, idp -> wrappedResponse(idp, true)),
                Attack.document("XSW2", SamlReason.ASSERTION_MISPLACED, idp -> wrappedResponse(idp, false)),
                Attack.document("XSW3", SamlReason.SEVERAL_ASSERTIONS, idp -> {
                    var document = idp.assertionSigned();
                    var original = FakeSamlIdp.assertion(document);
                    original.getParentNode().insertBefore(evilCopy(original, "_evil"), original);
                    return document;
                }),
                Attack.document("XSW4", SamlReason.SEVERAL_ASSERTIONS, idp -> {
                    var document = idp.assertionSigned();
                    var original = FakeSamlIdp.assertion(document);
                    var evil = evilCopy(original, "_evil");
                    original.getParentNode().replaceChild(evil, original);
                    evil.appendChild(original);
                    return document;
                }),
                Attack.document("XSW5", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) ->
                        evil.getParentNode().appendChild(original))),
                Attack.document("XSW6", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) ->
                        Dsig.child(evil, Dsig.DS, "Signature").appendChild(original))),
                Attack.document("XSW7", SamlReason.ASSERTION_MISPLACED, idp -> {
                    var document = idp.assertionSigned();
                    var extensions = document.createElementNS(Dsig.SAMLP, "samlp:Extensions");
                    var original = FakeSamlIdp.assertion(document);
                    document.getDocumentElement().insertBefore(extensions, original);
                    extensions.appendChild(evilCopy(original, "_evil"));
                    return document;
                }),
                Attack.document("XSW8", SamlReason.SEVERAL_ASSERTIONS, idp -> moved(idp, (evil, original) -> {
                    var object = evil.getOwnerDocument().createElementNS(Dsig.DS, "ds:Object");
                    Dsig.child(evil, Dsig.DS, "Signature").appendChild(object);
                    object.appendChild(original);
                })));
    }

    /** A forged response around the signed one, which hides in the signature or beside it. */
    private static Document wrappedResponse(FakeSamlIdp idp, boolean inSignature) {
        var document = idp.responseSigned();
        var original = document.getDocumentElement();
        var evil = (Element) original.cloneNode(true);
        document.replaceChild(evil, original);
        evil.setAttribute("ID", "_evil");
        var assertion = Dsig.child(evil, Dsig.SAML, "Assertion");
        assertion.setAttribute("ID", "_evil-assertion");
        evil(assertion);
        var signature = Dsig.child(evil, Dsig.DS, "Signature");
        original.removeChild(Dsig.child(original, Dsig.DS, "Signature"));
        if (inSignature) {
            var object = document.createElementNS(Dsig.DS, "ds:Object");
            signature.appendChild(object);
            object.appendChild(original);
        } else {
            evil.insertBefore(original, signature);
        }
        return document;
    }

    /** The signature in a forged assertion, the signed assertion without it wherever {@code hide} puts it. */
    private static Document moved(FakeSamlIdp idp, BiConsumer<Element, Element> hide) {
        var document = idp.assertionSigned();
        var original = FakeSamlIdp.assertion(document);
        var evil = (Element) original.cloneNode(true);
        evil.setAttribute("ID", "_evil");
        evil(evil);
        original.getParentNode().replaceChild(evil, original);
        original.removeChild(Dsig.child(original, Dsig.DS, "Signature"));
        hide.accept(evil, original);
        return document;
    }

    private static Element evilCopy(Element assertion, String id) {
        var copy = (Element) assertion.cloneNode(true);
        copy.removeChild(Dsig.child(copy, Dsig.DS, "Signature"));
        copy.setAttribute("ID", id);
        evil(copy);
        return copy;
    }

    private static void evil(Element assertion) {
        Dsig.first(assertion, Dsig.SAML, "NameID").setTextContent(Attack.EVIL);
    }

    @ParameterizedTest
    @MethodSource("wrappings")
    void wrappedSignatureIsRefused(Attack attack) {
        attack.isRefused();
    }

    @Test
    void forgedAssertionIsNobodyWhereverItStands() {
        for (var kind : List.<Function<FakeSamlIdp, Document>>of(
                FakeSamlIdp::assertionSigned, FakeSamlIdp::responseSigned, FakeSamlIdp::bothSigned)) {
            int places = placesIn(kind);
            assertThat(places).isGreaterThan(50);
            for (int place = 0; place < places; place++) {
                var connector = login.open(settings());
                var departure = connector.depart(call(), soon());
                var document = kind.apply(login.answer(departure));
                insert(document, place);
                assertThatThrownBy(() -> arrive(connector, departure, document))
                        .as("place %s of %s", place, Dsig.text(document)).isInstanceOf(UpstreamRefusal.class);
            }
        }
    }

    private int placesIn(Function<FakeSamlIdp, Document> kind) {
        var us = SamlLogin.us("globex");
        return places(kind.apply(new FakeSamlIdp(us.entityId(), us.acs(), "_x", login.now))).size();
    }

    private record Place(Element parent, Node before) {}

    private static List<Place> places(Document document) {
        var places = new ArrayList<Place>();
        Dsig.eachElement(document.getDocumentElement(), element -> {
            for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                places.add(new Place(element, node));
            }
            places.add(new Place(element, null));
        });
        return places;
    }

    private static void insert(Document document, int place) {
        var at = places(document).get(place);
        var evil = (Element) FakeSamlIdp.assertion(document).cloneNode(true);
        evil.setAttribute("ID", "_evil");
        evil(evil);
        at.parent().insertBefore(evil, at.before());
    }

    @Test
    void commentNeverShortensAName() {
        for (var comment : List.of("<!---->", "<!-- x -->", "<?x y?>", "<![CDATA[]]>", "&#x200b;")) {
            var connector = login.open(settings());
            var departure = connector.depart(call(), soon());
            var signed = login.answer(departure);
            signed.nameId = Attack.EVIL + comment + ".attacker.example";

            var identity = arrive(connector, departure, signed.assertionSigned());

            assertThat(identity.session().subject()).startsWith(Attack.EVIL).endsWith(".attacker.example");
        }
    }

    @Test
    void commentInsertedAfterSigningChangesNothing() {
        var connector = login.open(settings());
        var departure = connector.depart(call(), soon());
        var document = tampered(login.answer(departure).assertionSigned(), ">" + FakeSamlIdp.NAME_ID + "</saml:NameID>",
                ">ada<!-- -->@acme-ads.example</saml:NameID>");

        assertThat(arrive(connector, departure, document).session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
    }
}
