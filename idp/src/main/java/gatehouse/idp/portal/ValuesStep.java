package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.http.Reply;
import gatehouse.idp.portal.guide.Guide;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Our values, in the other side's words. */
final class ValuesStep {

    private final Setups setups;
    private final Desk desk;

    ValuesStep(Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        var template = setup.template();
        var guide = setup.guide();
        var saml = setup.connection().type().equals("saml");
        var all = (saml ? List.of(Guide.Value.ENTITY_ID, Guide.Value.ACS, Guide.Value.METADATA_URL)
                : List.of(Guide.Value.REDIRECT_URI)).stream()
                .map(value -> new Screen.Box(value.name().toLowerCase(Locale.ROOT),
                        text(value, "", issuer, id), true))
                .toList();
        var sentences = IntStream.rangeClosed(1, guide.sentences())
                .mapToObj(n -> "guide." + template.id() + "." + guide.way() + "." + n).toList();
        return desk.show(call, new Screen.Values(
                PortalPaths.step(issuer, id, Step.VALUES), template.id(), template.displayName(), setup.connection().type(),
                sentences, guide.path(), boxes(guide.fields(), issuer, id), boxes(guide.attributes(), issuer, id), all,
                saml ? Optional.of(text(Guide.Value.METADATA_URL, "", issuer, id)) : Optional.empty(),
                setup.has("values_copied")), setup, Step.VALUES);
    }

    Reply done(PortalCall call) {
        var setup = setups.require(call);
        setups.advance(call, setup.connection().id(),
                JsonNodeFactory.instance.objectNode().put("values_copied", true));
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.METADATA));
    }

    private static List<Screen.Box> boxes(List<Guide.Field> fields, Issuer issuer, ConnectionId id) {
        return fields.stream()
                .map(field -> new Screen.Box(field.label(), text(field.value(), field.text(), issuer, id),
                        field.value() != Guide.Value.FIXED))
                .toList();
    }

    private static String text(Guide.Value value, String fixed, Issuer issuer, ConnectionId id) {
        return switch (value) {
            case ACS, REDIRECT_URI -> issuer.at("/login/arrive/" + id);
            case ENTITY_ID, METADATA_URL -> issuer.at("/saml/sp/" + id);
            case FIXED -> fixed;
        };
    }
}
