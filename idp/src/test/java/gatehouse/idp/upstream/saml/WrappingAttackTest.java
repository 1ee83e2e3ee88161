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
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.saml.corpus.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What a signature does not cover is nobody, wherever it stands; what it covers is read as a whole. */
class WrappingAttackTest {

    private final SamlLogin login = new SamlLogin();

    private static void evil(Element assertion) {
        Dsig.first(assertion, Dsig.SAML, "NameID").setTextContent(Scene.EVIL);
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
            signed.nameId = Scene.EVIL + comment + ".attacker.example";

            var identity = arrive(connector, departure, signed.assertionSigned());

            assertThat(identity.session().subject()).startsWith(Scene.EVIL).endsWith(".attacker.example");
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
