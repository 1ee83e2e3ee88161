package gatehouse.idp.login.check;

import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.login.account.BreakGlass;
import gatehouse.idp.login.account.Consents;
import gatehouse.idp.tenancy.TenancyCatalog;
import java.time.InstantSource;
import java.util.List;

/** The checks of a login, in order. */
public final class Checks {

    private Checks() {}

    /** A new check is a class and a line here. */
    public static List<Check> inOrder(
            ClientCatalog clients, TenancyCatalog tenancy, UserStore users, Consents consents, InstantSource clock) {
        var breakGlass = new BreakGlass(tenancy, users, clock);
        return List.of(
                new RelyingPartyCheck(clients),
                new SessionCheck(),
                new AccountStateCheck(users, tenancy),
                new OrganizationCheck(),
                new SubjectCheck(),
                new ConnectionRequiredCheck(tenancy, users, breakGlass),
                new RequiredAcrCheck(tenancy),
                new PromptCheck(),
                new MaxAgeCheck(clock),
                new AcrCheck(),
                new ConsentCheck(consents));
    }
}
