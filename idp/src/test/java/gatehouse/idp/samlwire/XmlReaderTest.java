package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Limits of what is read, at the limit and one past it. */
class XmlReaderTest {

    private static final XmlLimits SMALL = new XmlLimits(1_000, 3, 5, 2, 4, 2);

    private final XmlReader reader = new XmlReader();

    private void isRead(String xml) {
        assertThat(reader.read(xml.getBytes(StandardCharsets.UTF_8), SMALL)).isNotNull();
    }

    private void isRefused(String xml, SamlReason reason) {
        assertThatThrownBy(() -> reader.read(xml.getBytes(StandardCharsets.UTF_8), SMALL))
                .isInstanceOfSatisfying(SamlError.class, error -> assertThat(error.why()).isEqualTo(reason));
    }

    @Test
    void sizeIsLimited() {
        isRead("<a>" + "x".repeat(993) + "</a>");
        isRefused("<a>" + "x".repeat(994) + "</a>", SamlReason.TOO_LARGE);
    }

    @Test
    void depthIsLimited() {
        isRead("<a><a><a/></a></a>");
        isRefused("<a><a><a><a/></a></a></a>", SamlReason.XML_LIMIT);
    }

    @Test
    void elementsAreLimited() {
        isRead("<a><b/><b/><b/><b/></a>");
        isRefused("<a><b/><b/><b/><b/><b/></a>", SamlReason.XML_LIMIT);
    }

    @Test
    void attributesAndDeclarationsAreLimited() {
        isRead("<a b=\"\" xmlns:c=\"urn:c\"/>");
        isRefused("<a b=\"\" xmlns:c=\"urn:c\" d=\"\"/>", SamlReason.XML_LIMIT);
    }

    @Test
    void commentsAndProcessingInstructionsAreLimited() {
        isRead("<a><!----><?b?></a>");
        isRefused("<a><!----><?b?><!----></a>", SamlReason.XML_LIMIT);
        isRefused("<!----><!----><!----><a/>", SamlReason.XML_LIMIT);
    }

    @Test
    void documentTypeIsRefusedBeforeAnythingElse() {
        isRefused("<!DOCTYPE a><a/>", SamlReason.DOCTYPE);
        isRefused("<!DOCTYPE a SYSTEM \"http://169.254.169.254/\"><a/>", SamlReason.DOCTYPE);
        isRefused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", SamlReason.DOCTYPE);
    }

    @Test
    void malformedDocumentsAreRefused() {
        for (var xml : new String[] {"", " ", "a", "<a>", "<a></b>", "<a/><a/>", "<a/>x", "<a b=\"\" b=\"\"/>",
                "<c:a/>",
            "<a>&b;</a>", "<a>&#0;</a>", "<a xmlns:b=\"urn:b\" xmlns:c=\"urn:b\" b:d=\"\" c:d=\"\"/>"}) {
            isRefused(xml, SamlReason.MALFORMED_XML);
        }
    }

    @Test
    void twoElementsWithOneIdAreRefused() {
        isRead("<a ID=\"x\"><b ID=\"y\"/></a>");
        isRefused("<a ID=\"x\"><b ID=\"x\"/></a>", SamlReason.DUPLICATE_ID);
        isRefused("<a ID=\"x\"><b Id=\"x\"/></a>", SamlReason.DUPLICATE_ID);
        isRefused("<a ID=\"x\"><b xml:id=\"x\"/></a>", SamlReason.DUPLICATE_ID);
    }

    @Test
    void fragmentUsesTheNamespacesAroundItsPlaceAndCannotLeaveIt() {
        var place = reader.read("<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\"/>".getBytes(StandardCharsets.UTF_8), SMALL);
        var element = reader.readWithin(place, "<p:b/>".getBytes(StandardCharsets.UTF_8), SMALL);
        assertThat(element.getNamespaceURI()).isEqualTo("urn:p");
        for (var escape : new String[] {"<b/></around><around>", "<b/><b/>", "", "</around>", "<b/></around><!--"}) {
            assertThatThrownBy(() -> reader.readWithin(place, escape.getBytes(StandardCharsets.UTF_8), SMALL))
                    .isInstanceOf(SamlError.class);
        }
    }
}
