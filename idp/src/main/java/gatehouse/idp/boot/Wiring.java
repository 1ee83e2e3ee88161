package gatehouse.idp.boot;

import gatehouse.idp.apply.ApplyReport;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.boot.health.HealthRoutes;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.credential.Argon2Cost;
import gatehouse.idp.credential.Argon2idHasher;
import gatehouse.idp.credential.AttemptLimiter;
import gatehouse.idp.credential.AttemptLimits;
import gatehouse.idp.credential.HashPool;
import gatehouse.idp.credential.PasswordHashers;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.demo.DemoRoutes;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.edge.Issuers;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.login.LoginParts;
import gatehouse.idp.login.LoginRoutes;
import gatehouse.idp.login.account.AcrPolicy;
import gatehouse.idp.login.flow.LoginKeys;
import gatehouse.idp.logout.LogoutRoutes;
import gatehouse.idp.logout.UpstreamSessions;
import gatehouse.idp.oauth.OAuthRooms;
import gatehouse.idp.oauth.OAuthRoutes;
import gatehouse.idp.page.PageRenderer;
import gatehouse.idp.page.PageVoice;
import gatehouse.idp.page.Pages;
import gatehouse.idp.page.Theme;
import gatehouse.idp.page.ThemeResources;
import gatehouse.idp.samlidp.PublishedServiceProviders;
import gatehouse.idp.samlidp.SamlIdpRoutes;
import gatehouse.idp.samlidp.SamlNames;
import gatehouse.idp.slo.Meters;
import gatehouse.idp.slo.Stage;
import gatehouse.idp.slo.Stages;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.oidc.OidcUpstreamRoutes;
import gatehouse.idp.upstream.saml.SamlUpstreamRoutes;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.Unavailable;
import gatehouse.spi.hosting.HostedProviders;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes every object, top to bottom in the order a request meets them. */
final class Wiring implements AutoCloseable {

    private static final int HASH_QUEUE_MAX = 200;
    private static final int MET_AT_START_MAX = 50;
    private static final Duration MEETING = Duration.ofSeconds(60);

    private final Foundation base;
    private final UpstreamWiring upstream;
    private final HashPool hashPool;
    private final HostedProviders providers;
    private final ControlWiring control;
    private final KnownIssuers issuers;
    private final Meters meters;
    private final Voice unmatched;
    private final List<Route> routes;

    Wiring(Foundation base, Declaration declared) {
        this.base = base;
        var config = base.config;
        var stages = new Stages(System::nanoTime);
        var stores = Timed.stores(base.stores, stages);
        var random = new SecureRandom();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.meters = new Meters(registry);

        this.upstream = new UpstreamWiring(base, stages);
        base.learn(upstream.types);
        TenancyCatalog tenancy = base.tenancy;
        ClientCatalog clients = base.clients;
        UserStore users = stages.timed(Stage.SQL, UserStore.class, base.users);
        this.issuers = new KnownIssuers(tenancy, base.keys, base.background);
        base.feed.subscribe(issuers);
        base.database.onCommit(issuers);

        var theme = Theme.load(Wiring.class.getClassLoader(), "gatehouse");
        var resources = new ThemeResources(theme);
        var renderer = new PageRenderer(theme, resources, config.publicUrl(), random, new MissingTexts());
        Pages pages = stages.timed(Stage.TEMPLATE, Pages.class, renderer);
        var pageVoice = new PageVoice(pages);
        this.unmatched = new UnmatchedVoice(pageVoice);

        this.providers = HostedProviders.open(
                ProviderHosting.config(config), ProviderHosting.directory(base.database, base.tables, users, clients),
                base.clock, System::nanoTime);
        ProviderMeters.register(registry, providers);
        var argon2 = new Argon2idHasher(Argon2Cost.DEFAULTS, random);
        this.hashPool = new HashPool(Runtime.getRuntime().availableProcessors(), HASH_QUEUE_MAX);
        var passwords = new PasswordProvider(
                users, new PasswordHashers(argon2, providers.passwordHashers()), hashPool,
                new AttemptLimiter(stores.attempts(), AttemptLimits.DEFAULTS));

        JwtSigner signer = stages.timed(Stage.CRYPTO, JwtSigner.class, base.keys);
        JwtVerifier verifier = stages.timed(Stage.CRYPTO, JwtVerifier.class, base.keys);
        this.control = new ControlWiring(base, upstream, stores, new PooledHasher(argon2, hashPool), verifier,
                providers.eventListeners(), renderer::find);
        AuditTrail trail = control.trail();
        var cookies = new CookieNames(config.publicUrl());
        var portal = new PortalWiring(base, upstream, control, stores.flows(), theme, pages, passwords, cookies,
                random);
        var login = new LoginRoutes(
                new LoginParts(tenancy, users, clients, upstream.connectors, stores.sessions(), stores.flows(), passwords,
                        portal.trials, pages, trail, cookies, new LoginKeys(config.masterKeyBytes()), upstream.recorder, random,
                        base.clock),
                pageVoice);
        var parties = new PublishedServiceProviders(clients, upstream.saml, upstream.http, base.clock, base.background);
        var names = new SamlNames(new SamlNames.Rooms(upstream.saml, base.keys, parties, stores.flows(), upstream.http,
                base.derivedKey("saml pairwise names"), base.clock));
        var logout = new LogoutRoutes(new LogoutRoutes.Rooms(tenancy, upstream.connectors, stores.flows(),
                new UpstreamSessions(stores.sessions(), users, trail), List.of(names.farewells()), pages, trail, cookies,
                random, base.background, pageVoice));
        var oauth = new OAuthRoutes(new OAuthRooms(
                clients, tenancy, users, login.login(), logout.logout(), stores, new OAuthRooms.Keys(signer, verifier, base.keys), pages,
                upstream.http, trail, cookies, base.clock, random,
                new OAuthRooms.Published(AcrPolicy.supported(), List.of("en", "de"))));

        var saml = new SamlIdpRoutes(new SamlIdpRoutes.Rooms(
                upstream.saml, base.keys, parties, users, login.login(), logout.logout(), names, stores.sessions(),
                stores.replays(), pages, trail, base.clock, pageVoice));

        var all = new ArrayList<Route>();
        all.addAll(login.routes());
        all.addAll(oauth.routes());
        all.addAll(logout.routes());
        all.addAll(saml.routes());

        all.addAll(new SamlUpstreamRoutes(tenancy, base.keys, pageVoice).routes());
        all.addAll(new OidcUpstreamRoutes(base.keys, pageVoice).routes());
        all.addAll(resources.routes(pageVoice));
        all.addAll(control.routes());
        all.addAll(portal.routes(pageVoice));
        all.addAll(new HealthRoutes(unmatched, checks(base), registry).routes());
        if (declared.servesDemo()) {
            all.addAll(new DemoRoutes(pageVoice, control.voice(), verifier).routes());
        }
        this.routes = List.copyOf(all);
    }

    private static Map<String, Consumer<Deadline>> checks(Foundation base) {
        var checks = new LinkedHashMap<String, Consumer<Deadline>>();
        checks.put("redis", base.stores.check()::require);
        checks.put("postgresql", deadline -> {
            if (!base.database.answers(deadline)) {
                throw new Unavailable("PostgreSQL does not answer", null);
            }
        });
        return checks;
    }

    /** Applies declared configuration, in one transaction: see {@link ControlWiring#apply}. */
    ApplyReport apply(String name, String yaml, boolean dryRun) {
        return control.apply(name, yaml, dryRun);
    }

    /** Makes or reads the keys of the issuers there are, up to a bound; those beyond it wait for their first request. */
    void meetIssuers() {
        var deadline = Deadline.after(MEETING);
        var first = new Rows.Page(Optional.empty(), MET_AT_START_MAX, Map.of());
        var names = base.database.read(deadline, sql -> base.tables.issuers().page(sql, Rows.Scope.of(Issuer.ROOT), first));
        issuers.meet(names.stream().map(IssuerSettings::name).toList(), deadline);
    }

    /** Begins what is done in the background. */
    void start() {
        upstream.start(base);
        control.start();
    }

    Issuers issuers() {
        return issuers;
    }

    Meters meters() {
        return meters;
    }

    Voice unmatched() {
        return unmatched;
    }

    List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        control.close();
        providers.close();
        hashPool.close();
        upstream.close();
    }
}
