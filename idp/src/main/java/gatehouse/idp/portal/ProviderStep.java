package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.portal.guide.Guide;
import gatehouse.idp.portal.guide.Guides;
import java.util.Optional;

/** Which identity provider it is. Choosing makes a draft, which already has an address for our values. */
final class ProviderStep {

    private final Setups setups;
    private final Desk desk;

    ProviderStep(Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
    }

    Reply showNew(PortalCall call) {
        return desk.show(call, screen(call, PortalPaths.connections(call.request().issuer()), Optional.empty()));
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, PortalPaths.connections(call.request().issuer()),
                Optional.of(setup.guide().id() + " " + setup.connection().type())), setup, Step.PROVIDER);
    }

    /** Another choice begins another draft: the one that was there keeps what it has. */
    Reply choose(PortalCall call) {
        var words = call.field("provider", 64).orElse("").split(" ", 2);
        var guide = Guides.find(words[0]);
        var way = guide.flatMap(known -> words.length == 2 ? known.way(words[1]) : Optional.empty());
        if (way.isEmpty()) {
            throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        }
        var existing = setups.all(call).stream()
                .filter(setup -> States.isBeingSetUp(setup.connection()) && setup.guide().equals(guide.get())
                        && setup.connection().type().equals(way.get().protocol()))
                .findFirst();
        var connection = existing.map(Setup::connection)
                .orElseGet(() -> setups.begin(call, guide.get(), way.get()));
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), connection.id(), Step.VALUES, "chosen"));
    }

    private static Screen screen(PortalCall call, String action, Optional<String> chosen) {
        var choices = Guides.ALL.stream()
                .map(guide -> new Screen.Provider.Choice(guide.id(), guide.name(),
                        guide.ways().stream().map(Guide.Way::protocol).toList()))
                .toList();
        return new Screen.Provider(action, choices, chosen);
    }
}
