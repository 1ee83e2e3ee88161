package gatehouse.idp.login;

import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.login.account.HomeRealmDiscovery;
import gatehouse.idp.login.account.HomeRealmDiscovery.Realm;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Finds how a person can prove who they are, from what the flow knows. The one router: an organization that the
 * request names, the domain of an address, a choice that was made; a single way is taken without asking.
 *
 * <p>Somebody who comes back from an identity provider without an answer pressed "back", and is asked again instead
 * of being sent there once more.
 */
final class WayIn {

    private final HomeRealmDiscovery realms;
    private final TenancyCatalog tenancy;
    private final BreakGlass breakGlass;

    WayIn(HomeRealmDiscovery realms, TenancyCatalog tenancy, BreakGlass breakGlass) {
        this.breakGlass = breakGlass;
        this.realms = realms;
        this.tenancy = tenancy;
    }

    /** The next step towards an authentication. */
    NextStep next(LoginFlow flow, Deadline deadline) {
        var issuer = flow.asked().issuer().name();
        if (flow.connection().isPresent() && !flow.departed()) {
            return tenancy.connection(issuer, flow.connection().get(), deadline)
                    .filter(connection -> tenancy.isUsable(connection, use(flow), deadline))
                    .<NextStep>map(NextStep.GoUpstream::new)
                    .orElseGet(() -> new NextStep.Refuse(LoginReason.CONNECTION_UNUSABLE));
        }
        var selecting = flow.asked().prompts().contains("select_account");
        if (flow.asked().organization().isPresent()) {
            var realm = realms.ofOrganization(issuer, flow.asked().organization().get(), deadline);
            return realm.isEmpty()
                    ? new NextStep.Refuse(LoginReason.ORGANIZATION_UNKNOWN)
                    : intoNamed(realm.get(), flow, selecting || flow.departed(), deadline);
        }
        if (flow.departed()) {
            return new NextStep.AskIdentifier();
        }
        return byAddress(flow, selecting, deadline);
    }

    /** Into the organization that the request names. */
    private NextStep intoNamed(Realm realm, LoginFlow flow, boolean pausing, Deadline deadline) {
        var address = flow.identifier().or(flow.asked()::loginHint).flatMap(EmailAddress::parse);
        var home = address.flatMap(email -> realms.of(flow.asked().issuer().name(), email, deadline));
        if (home.filter(other -> !other.organization().equals(realm.organization())).isPresent()) {
            return new NextStep.Refuse(LoginReason.ORGANIZATION_OTHER);
        }
        return into(realm, flow, pausing, false, deadline).orElseGet(() -> flow.identifier().isPresent()
                ? new NextStep.AskPassword(flow.identifier().get())
                : new NextStep.AskIdentifier());
    }

    private NextStep byAddress(LoginFlow flow, boolean selecting, Deadline deadline) {
        var hint = selecting ? Optional.<String>empty() : flow.asked().loginHint();
        var address = flow.identifier().or(() -> hint).flatMap(EmailAddress::parse);
        // A domain that nobody has proved says nothing on whether the address exists: the same page for all of them.
        var elsewhere = flow.identifier().isPresent()
                ? new NextStep.AskPassword(flow.identifier().get())
                : new NextStep.AskIdentifier();
        return address.flatMap(email -> realms.of(flow.asked().issuer().name(), email, deadline))
                .flatMap(realm -> into(realm, flow, false, true, deadline))
                .orElse(elsewhere);
    }

    /** The way into {@code realm}; empty if it has no connection for them, so that its people have passwords. */
    private Optional<NextStep> into(
            Realm realm, LoginFlow flow, boolean pausing, boolean others, Deadline deadline) {
        if (!realm.enabled()) {
            return Optional.of(new NextStep.Refuse(LoginReason.ORGANIZATION_DISABLED));
        }
        if (flow.identifier().flatMap(EmailAddress::parse).filter(email -> breakGlass.isOpenFor(
                flow.asked().issuer().name(), realm.organization(), email, deadline)).isPresent()) {
            return Optional.empty();
        }
        List<Connection> usable = realm.connections().stream()
                .filter(connection -> tenancy.isUsable(connection, use(flow), deadline))
                .toList();
        if (usable.isEmpty()) {
            // What is only being tried out changes nothing for those who do not try it.
            return realm.isFederated()
                    ? Optional.of(new NextStep.Refuse(LoginReason.CONNECTION_MISSING))
                    : Optional.empty();
        }
        return Optional.of(usable.size() > 1 || pausing
                ? new NextStep.ChooseConnection(usable, others)
                : new NextStep.GoUpstream(usable.getFirst()));
    }

    /** A sign-in of whoever the flow is about, as far as it knows. */
    private static ConnectionUse use(LoginFlow flow) {
        return new ConnectionUse.SignIn(flow.identifier().or(flow.asked()::loginHint).flatMap(EmailAddress::parse)
                .map(EmailAddress::value));
    }
}
