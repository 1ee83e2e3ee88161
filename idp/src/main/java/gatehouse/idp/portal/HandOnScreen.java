package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.sql.SqlSetupLinks;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handing a step to a colleague, choosing a language, leaving. */
final class HandOnScreen {

    private final LinkEndpoint links;
    private final SqlSetupLinks store;
    private final PortalAccess access;
    private final Setups setups;
    private final Desk desk;

    HandOnScreen(PortalParts parts, LinkEndpoint links, PortalAccess access, Setups setups, Desk desk) {
        this.links = links;
        this.store = parts.links();
        this.access = access;
        this.setups = setups;
        this.desk = desk;
    }

    Reply handOn(PortalCall call) {
        var setup = setups.require(call);
        var step = call.field("step", 20).flatMap(Step::of)
                .filter(Step.of(call.session().link().intent())::contains)
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE));
        var contact = call.field("contact", 254)
                .filter(text -> text.chars().noneMatch(Character::isISOControl))
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE));
        var handed = links.handOn(call, contact, Optional.of(setup.connection().id()),
                Optional.of(step));
        return desk.show(call, new Screen.Handed(handed.url(), contact, Desk.when(handed.link().expiresAt()),
                PortalPaths.step(call.request().issuer(), setup.connection().id(), step)), setup, step);
    }

    Reply speak(PortalCall call) {
        var language = call.field("language", 10).filter(tag -> tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?"))
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE));
        access.token(call.request())
                .ifPresent(token -> store.speak(call.issuer(), token, language, call.deadline()));
        var base = PortalPaths.base(call.request().issuer());
        // Only an address of the portal itself: what a form says is not where a browser goes.
        return Reply.seeOther(call.field("self", 1_000).filter(self -> self.matches(
                Pattern.quote(base) + "(/[A-Za-z0-9._~/-]*)?")).orElse(base));
    }

    Reply leave(PortalCall call) {
        access.token(call.request()).ifPresent(token -> store.end(call.issuer(), token, call.deadline()));
        return desk.outside(200, new Screen.Left(), call.request())
                .with(access.deletion(call.request().issuer()));
    }
}
