package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.tenancy.SetupIntent;
import java.util.Optional;

/** {@code /portal}: where one stands, and the way on. */
final class WelcomeScreen {

    private final Setups setups;
    private final Desk desk;
    private final Notices notices;

    WelcomeScreen(Setups setups, Desk desk, Notices notices) {
        this.setups = setups;
        this.desk = desk;
        this.notices = notices;
    }

    Reply show(PortalCall call) {
        var issuer = call.request().issuer();
        var link = call.session().link();
        if (link.intent() == SetupIntent.DOMAIN) {
            return Reply.seeOther(PortalPaths.domains(issuer));
        }
        var steps = Step.of(link.intent());
        var all = setups.all(call);
        var cards = all.stream().map(setup -> {
            // A renewal begins at its beginning, however well the connection works today.
            var next = link.intent() == SetupIntent.SSO ? setup.next(SetupIntent.SSO) : steps.getFirst();
            return new Screen.Welcome.Card(PortalPaths.step(issuer, setup.connection().id(), next),
                    setup.connection().displayName(), setup.template().displayName(), setup.connection().type(),
                    States.word(setup.connection()), next.slug(),
                    (int) steps.stream().filter(setup::isDone).count(),
                    (int) steps.stream().filter(step -> step != Step.HEALTH).count());
        }).toList();
        var domains = setups.domains(call).stream()
                .map(claim -> new Screen.Welcome.Name(claim.name(), claim.verified())).toList();
        var mayAdd = link.intent() == SetupIntent.SSO && link.connection().isEmpty();
        return desk.show(200, call, new Screen.Welcome(link.inviter(), cards, domains, mayAdd,
                link.intent() != SetupIntent.SSO,
                all.stream().flatMap(setup -> notices.of(call, setup).stream()).toList()), Optional.empty(), Optional.empty());
    }
}
