package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.upstream.template.ProviderTemplates;
import gatehouse.idp.upstream.template.Way;
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
                Optional.of(setup.template().id() + " " + setup.way().name())), setup, Step.PROVIDER);
    }

    /** Another choice begins another draft: the one that was there keeps what it has. */
    Reply choose(PortalCall call) {
        var words = call.field("provider", 64).orElse("").split(" ", 2);
        var template = ProviderTemplates.find(words[0]);
        var way = template.flatMap(known -> words.length == 2 ? known.way(words[1]) : Optional.empty());
        if (way.isEmpty()) {
            throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        }
        var existing = setups.all(call).stream()
                .filter(setup -> States.isBeingSetUp(setup.connection()) && setup.template().equals(template.get())
                        && setup.way().equals(way.get()))
                .findFirst();
        var connection = existing.map(Setup::connection)
                .orElseGet(() -> setups.begin(call, template.get(), way.get()));
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), connection.id(), Step.VALUES, "chosen"));
    }

    private static Screen screen(PortalCall call, String action, Optional<String> chosen) {
        var choices = ProviderTemplates.ALL.stream()
                .map(template -> new Screen.Provider.Choice(template.id(), template.displayName(),
                        template.ways().stream().map(Way::name).toList()))
                .toList();
        return new Screen.Provider(action, choices, chosen);
    }
}
