package gatehouse.idp.portal;

import gatehouse.idp.admin.tenancy.BreakGlassNaming;
import gatehouse.idp.admin.tenancy.BreakGlassNaming.Outcome;
import gatehouse.idp.admin.tenancy.BreakGlassNaming.Standing;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.credential.PasswordVerdict;
import gatehouse.idp.http.Reply;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.RowRefused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The way in for emergencies: who has it, a code that is shown once, and the proof that it was kept. Part of
 * {@link Step#ENFORCE}, which waits for it.
 */
final class GlassStep {

    private static final int CODE_LENGTH_MAX = 256;
    private static final int USER_LENGTH_MAX = 64;

    private final Setups setups;
    private final Desk desk;
    private final BreakGlassNaming naming;
    private final PasswordProvider passwords;
    private final InstantSource clock;

    GlassStep(PortalParts parts, Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
        this.naming = parts.naming();
        this.passwords = parts.passwords();
        this.clock = parts.clock();
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, setup, Optional.empty(), "", false), setup, Step.ENFORCE);
    }

    Reply act(PortalCall call) {
        var setup = setups.require(call);
        return switch (call.field("action", 20).orElse("")) {
            case "name" -> name(call, setup);
            case "confirm" -> confirm(call, setup);
            default -> throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        };
    }

    private Reply name(PortalCall call, Setup setup) {
        var typed = call.field("email", EmailAddress.LENGTH_MAX).orElse("");
        var email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            return again(call, setup, "glass_address", typed, false);
        }
        try {
            return switch (naming.name(call.editing(), email.get().value(), email.get().domain(),
                    call.field("replace", 5).isPresent(), call.deadline())) {
                case Outcome.Named named -> desk.show(call, new Screen.BreakGlassCode(named.code(),
                        email.get().value(), path(call, setup)), setup, Step.ENFORCE);
                case Outcome.Outside _ -> again(call, setup, "glass_outside", typed, false);
                case Outcome.Unusable _ -> again(call, setup, "glass_unusable", typed, false);
                case Outcome.HasPassword _ -> again(call, setup, "glass_password", typed, true);
                case Outcome.Full _ -> again(call, setup, "glass_full", typed, false);
            };
        } catch (InvalidDocument unusable) {
            return again(call, setup, "glass_address", typed, false);
        } catch (RowRefused raced) {
            throw new PortalRefusal(PortalRefusal.Reason.CHANGED_MEANWHILE);
        }
    }

    /** A code typed back: right once, and counted like a password that is tried. */
    private Reply confirm(PortalCall call, Setup setup) {
        var user = call.field("user", USER_LENGTH_MAX).orElse("");
        var standing = naming.of(call.issuer(), call.organization(), call.deadline()).stream()
                .filter(one -> one.user().value().equals(user)).findFirst().orElseThrow(PortalRefusal::notFound);
        if (standing.tried()) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        var code = call.field("code", CODE_LENGTH_MAX).orElse("").toCharArray();
        return switch (passwords.verify(new PasswordProvider.Attempt(call.issuer(), standing.email(), code,
                call.request().clientAddress()), call.deadline())) {
            case PasswordVerdict.Verified _ -> confirmed(call, setup, standing);
            case PasswordVerdict.Rejected _ -> again(call, setup, "glass_wrong", standing.email(), false);
            case PasswordVerdict.Locked _ -> again(call, setup, "glass_locked", standing.email(), false);
        };
    }

    private Reply confirmed(PortalCall call, Setup setup, Standing standing) {
        if (!naming.confirm(call.editing(), standing.user(), call.deadline())) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        return Reply.seeOther(path(call, setup) + "?done=tried");
    }

    private static String path(PortalCall call, Setup setup) {
        return PortalPaths.glass(call.request().issuer(), setup.connection().id());
    }

    private Reply again(PortalCall call, Setup setup, String word, String about, boolean asks) {
        return desk.showAgain(call, screen(call, setup, Optional.of(new Screen.Trouble(word, about, Optional.empty())),
                word.equals("glass_wrong") || word.equals("glass_locked") ? "" : about, asks),
                Optional.of(setup), Step.ENFORCE);
    }

    private Screen screen(PortalCall call, Setup setup, Optional<Screen.Trouble> trouble, String typed, boolean asks) {
        var now = clock.instant();
        var people = naming.of(call.issuer(), call.organization(), call.deadline());
        return new Screen.BreakGlass(path(call, setup),
                PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.ENFORCE),
                people.stream().map(one -> person(one, now)).toList(),
                people.size() < BreakGlassNaming.PEOPLE_MAX || asks, people.stream().anyMatch(Standing::tried),
                trouble, typed, asks);
    }

    private static Screen.BreakGlass.Person person(Standing one, Instant now) {
        return new Screen.BreakGlass.Person(one.user().value(), one.email(), one.tried(),
                one.activeUntil().filter(now::isBefore).map(Desk::when));
    }
}
