package gatehouse.idp.boot;

import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.page.Pages;
import gatehouse.idp.page.Screens;
import gatehouse.idp.page.Theme;
import gatehouse.idp.page.ThemeResources;
import gatehouse.idp.portal.PortalParts;
import gatehouse.idp.portal.PortalRoutes;
import gatehouse.idp.portal.TrialSignIns;
import gatehouse.idp.sql.SqlSetupLinks;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.sessions.FlowStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The customer's portal. */
final class PortalWiring {

    final TrialSignIns trials;
    private final PortalRoutes portal;
    private final ThemeResources resources;

    /** @param login the theme of the login pages; the portal's has its name */
    PortalWiring(Foundation base, UpstreamWiring upstream, ControlWiring control, FlowStore flows, Theme login,
            Pages pages, PasswordProvider passwords, CookieNames cookies, SecureRandom random) {
        var theme = Theme.load(PortalWiring.class.getClassLoader(), "gatehouse", "portal");
        var setups = new SqlSetups(base.database);
        this.resources = new ThemeResources(theme);
        this.trials = new TrialSignIns(flows, setups, base.tenancy, upstream.connectors, upstream.recorder,
                pages, random, base.clock);
        this.portal = new PortalRoutes(new PortalParts(base.database, control.kinds(), control.editor(),
                control.audit(), new SqlSetupLinks(base.database), setups, control.metadata(), upstream.http,
                control.domains(), control.enforcement(), control.naming(), passwords,
                new Screens(theme, login, base.config.publicUrl(), random, new MissingTexts()), cookies,
                base.derivedKey("portal forms"), upstream.watch, upstream.attempts,
                upstream.replay, random, base.clock), trials);
    }

    List<Route> routes(Voice pages) {
        var all = new ArrayList<>(portal.routes());
        all.addAll(resources.routes(pages));
        return all;
    }
}
