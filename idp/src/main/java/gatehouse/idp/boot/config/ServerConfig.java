package gatehouse.idp.boot.config;

import gatehouse.idp.edge.EdgeConfig;
import gatehouse.idp.keys.KeysConfig;
import gatehouse.idp.slo.BudgetsConfig;
import gatehouse.idp.upstream.xray.Retention;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The whole configuration of a server. */
public record ServerConfig(
        @Doc("URL that browsers and clients use, without a trailing slash. Issuer identifiers and links are built from it, never from a request's host.")
        String publicUrl,
        @Doc("Key that wraps everything secret at rest: 32 bytes, Base64. Make one with: openssl rand -base64 32. Losing it loses signing keys and stored secrets.")
        Secret masterKey,
        @Doc("Where the server listens and what it lets in.") Listen listen,
        @Doc("PostgreSQL: configuration, people, audit.") Database database,
        @Doc("Redis: sessions and one-time things. Its maxmemory-policy must be noeviction.") Redis redis,
        @Doc("Signing keys.") Keys keys,
        @Doc("Requests that this server makes to addresses others have named.") Outbound outbound,
        @Doc("Keycloak providers.") Providers providers,
        @Doc("How long a request may take in all before it is answered 503.") Budgets budgets,
        @Doc("What is kept of sign-ins over connections, for those who have to mend them.") Attempts attempts,
        @Doc("Log lines on standard output.") Logging logging) {

    public static final ServerConfig DEFAULTS = new ServerConfig(
            "http://localhost:8080", Secret.NONE, Listen.DEFAULTS, Database.DEFAULTS, Redis.DEFAULTS, Keys.DEFAULTS,
            Outbound.DEFAULTS, Providers.DEFAULTS, Budgets.DEFAULTS, Attempts.DEFAULTS,
            Logging.DEFAULTS);

    public ServerConfig {
        var uri = URI.create(publicUrl);
        require(("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null,
                "public-url must be an http or https URL");
        require(!publicUrl.endsWith("/") && uri.getRawQuery() == null && uri.getRawFragment() == null,
                "public-url must have no trailing slash, query or fragment");
        require(uri.getRawPath().isEmpty(), "public-url must have no path");
        require("https".equals(uri.getScheme()) || isLoopback(uri.getHost()),
                "public-url must be https, except on localhost");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /** The master key's bytes. */
    public byte[] masterKeyBytes() {
        require(masterKey.isPresent(), "master-key is not set; make one with: openssl rand -base64 32");
        try {
            var bytes = Base64.getDecoder().decode(masterKey.value());
            require(bytes.length == 32, "master-key must be 32 bytes, Base64");
            return bytes;
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidConfig("master-key must be 32 bytes, Base64");
        }
    }

    /** Where the server listens. */
    public record Listen(
            @Doc("Address to listen on.") String host,
            @Doc("Port; 0 takes a free one.") int port,
            @Doc("Addresses of proxies whose X-Forwarded-For is believed.") List<String> trustedProxies,
            @Doc("Requests in work at once; more are answered 503.") int requestsMax,
            @Doc("Largest body of a form or token request, in bytes.") int bodyBytesMax,
            @Doc("Largest body of a SAML response or admin request, in bytes.") int largeBodyBytesMax) {

        static final Listen DEFAULTS = new Listen(
                EdgeConfig.DEFAULTS.host(), EdgeConfig.DEFAULTS.port(), EdgeConfig.DEFAULTS.trustedProxies(),
                EdgeConfig.DEFAULTS.requestsMax(), EdgeConfig.DEFAULTS.bodyBytesMax(), EdgeConfig.DEFAULTS.largeBodyBytesMax());

        /** As the edge wants it. */
        public EdgeConfig edge() {
            return new EdgeConfig(host, port, trustedProxies, requestsMax, bodyBytesMax, largeBodyBytesMax);
        }

        public Listen {
            new EdgeConfig(host, port, trustedProxies, requestsMax, bodyBytesMax, largeBodyBytesMax);
        }
    }

    /** How to reach PostgreSQL. */
    public record Database(
            @Doc("JDBC URL, jdbc:postgresql://host:port/database") String url,
            @Doc("User.") String user,
            @Doc("Password.") Secret password,
            @Doc("Connections, 1..100.") int poolSize,
            @Doc("How long to wait for a connection from the pool, or to the server.") Duration connectTimeout) {

        static final Database DEFAULTS =
                new Database("jdbc:postgresql://localhost:5432/gatehouse", "gatehouse", Secret.NONE, 10, Duration.ofSeconds(2));

        public Database {
            require(url.startsWith("jdbc:postgresql:"), "database.url must start with jdbc:postgresql:");
            require(poolSize >= 1 && poolSize <= 100, "database.pool-size must be 1..100");
            require(connectTimeout.toMillis() >= 250, "database.connect-timeout must be at least 250ms");
        }
    }

    /** How to reach Redis. */
    public record Redis(
            @Doc("redis://host:port or rediss://host:port") URI uri,
            @Doc("User (ACL), if any.") String user,
            @Doc("Password.") Secret password,
            @Doc("Upper bound of one command; a request's deadline may be earlier.") Duration commandTimeout) {

        static final Redis DEFAULTS = new Redis(URI.create("redis://localhost:6379"), "", Secret.NONE, Duration.ofMillis(500));

        public Redis {
            require("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()),
                    "redis.uri must start with redis:// or rediss://");
            require(commandTimeout.toMillis() >= 1, "redis.command-timeout must be at least 1ms");
        }
    }

    /** Signing keys. */
    public record Keys(
            @Doc("How long a key signs before the next takes over.") Duration rotateEvery,
            @Doc("How long before it signs the next key is published.") Duration publishAhead,
            @Doc("Size of RSA keys, in bits: 2048, 3072 or 4096.") int rsaBits,
            @Doc("How long a SAML key signs before the next takes over; its certificate lives as long, and saml-overlap longer.")
            Duration samlRotateEvery,
            @Doc("How long the next SAML certificates are in our metadata before they are used.")
            Duration samlPublishAhead,
            @Doc("How long a SAML key still decrypts after the next took over.") Duration samlOverlap) {

        static final Keys DEFAULTS = new Keys(Duration.ofDays(90), Duration.ofDays(7), 2048,
                KeysConfig.DEFAULTS.samlRotateEvery(), KeysConfig.DEFAULTS.samlPublishAhead(),
                KeysConfig.DEFAULTS.samlOverlap());

        public Keys {
            require(rsaBits == 2048 || rsaBits == 3072 || rsaBits == 4096, "keys.rsa-bits must be 2048, 3072 or 4096");
            require(publishAhead.toHours() >= 24, "keys.publish-ahead must be at least 24h: clients cache keys");
            require(rotateEvery.compareTo(publishAhead) > 0, "keys.rotate-every must be longer than keys.publish-ahead");
            require(samlPublishAhead.toDays() >= 1, "keys.saml-publish-ahead must be at least 1 day");
            require(samlRotateEvery.compareTo(samlPublishAhead) > 0,
                    "keys.saml-rotate-every must be longer than keys.saml-publish-ahead");
            require(samlRotateEvery.toDays() <= 3660, "keys.saml-rotate-every must be at most 3660 days");
            require(samlOverlap.toHours() >= 1, "keys.saml-overlap must be at least 1 hour");
        }
    }

    /** Outgoing requests. */
    public record Outbound(
            @Doc("Whether private, loopback and link-local addresses may be reached. For development only.")
            boolean allowPrivateAddresses,
            @Doc("Whether plain http may be used. For development only.") boolean allowHttp,
            @Doc("PEM file with further certificate authorities to trust, if any.") String caFile,
            @Doc("Resolvers that are asked for the name servers of claimed domains: addresses, or address:port. The system's if there are none.")
            List<String> dnsResolvers,
            @Doc("Port of the name servers of claimed domains. Another than 53 for development only.") int dnsPort) {

        static final Outbound DEFAULTS = new Outbound(false, false, "", List.of(), 53);

        public Outbound {
            dnsResolvers = List.copyOf(dnsResolvers);
            require(dnsPort > 0 && dnsPort < 65_536, "outbound.dns-port must be 1..65535");
            dnsResolvers.forEach(Outbound::resolver);
        }

        /** The resolvers' addresses. */
        public List<InetSocketAddress> resolvers() {
            return dnsResolvers.stream().map(Outbound::resolver).toList();
        }

        private static InetSocketAddress resolver(String text) {
            try {
                var uri = URI.create("dns://" + text);
                return new InetSocketAddress(InetAddress.ofLiteral(uri.getHost().replaceAll("[\\[\\]]", "")),
                        uri.getPort() < 0 ? 53 : uri.getPort());
            } catch (IllegalArgumentException | NullPointerException unreadable) {
                throw new InvalidConfig("outbound.dns-resolvers must be addresses, or address:port");
            }
        }
    }

    /** Keycloak providers. */
    public record Providers(
            @Doc("Folder with provider jars, loaded at start. Nothing is loaded if it does not exist.") String folder,
            @Doc("Settings of providers: provider.<spi>.<id>.<key> to a value, as Keycloak's --spi options name them.")
            Map<String, String> settings) {

        static final Providers DEFAULTS = new Providers("providers", Map.of());

        public Providers {
            settings = Map.copyOf(settings);
        }
    }

    /** Latency budgets per journey. */
    public record Budgets(
            @Doc("A page of the login, what it asks of an identity provider included.") Duration loginInteractive,
            @Doc("A SAML response.") Duration samlAcs,
            @Doc("An OpenID Connect callback, the token request upstream included.") Duration oidcCallback,
            @Doc("The token endpoint.") Duration token,
            @Doc("The introspection endpoint.") Duration introspect,
            @Doc("Prebuilt documents.") Duration jwks,
            @Doc("The logout endpoint.") Duration logout,
            @Doc("The admin API.") Duration admin,
            @Doc("Userinfo and the like.") Duration sessionCheck) {

        static final Budgets DEFAULTS = of(BudgetsConfig.DEFAULTS);

        private static Budgets of(BudgetsConfig b) {
            return new Budgets(b.loginInteractive(), b.samlAcs(), b.oidcCallback(), b.token(), b.introspect(), b.jwks(),
                    b.logout(), b.admin(), b.sessionCheck());
        }

        public Budgets {
            new BudgetsConfig(loginInteractive, samlAcs, oidcCallback, token, introspect, jwks, logout, admin, sessionCheck);
        }

        /** As the edge wants it. */
        public BudgetsConfig config() {
            return new BudgetsConfig(
                    loginInteractive, samlAcs, oidcCallback, token, introspect, jwks, logout, admin, sessionCheck);
        }
    }

    /** Sign-in attempts. */
    public record Attempts(
            @Doc("How long a sign-in attempt and its checks are kept, up to 366 days.") Duration keep,
            @Doc("How long the message of a refused sign-in is kept, sealed, to be judged again; 0 to keep none.")
            Duration keepMessages,
            @Doc("Attempts over one connection that a node keeps in a minute; further ones are only counted.")
            int perMinute,
            @Doc("Attempts of one connection that are kept at most.") int perConnection,
            @Doc("Messages of one connection that are kept at most.") int messagesPerConnection) {

        static final Attempts DEFAULTS = of(Retention.DEFAULTS);

        private static Attempts of(Retention limits) {
            return new Attempts(limits.keep(), limits.keepMessages(), limits.perMinute(), limits.perConnection(),
                    limits.messagesPerConnection());
        }

        public Attempts {
            try {
                new Retention(keep, keepMessages, perMinute, perConnection, messagesPerConnection);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidConfig("attempts." + wrong.getMessage());
            }
        }

        /** As the writer wants it. */
        public Retention limits() {
            return new Retention(keep, keepMessages, perMinute, perConnection, messagesPerConnection);
        }
    }

    /** Log lines. */
    public record Logging(
            @Doc("json, or text for people.") String format,
            @Doc("error, warn, info, debug or trace.") String level) {

        static final Logging DEFAULTS = new Logging("json", "info");

        public Logging {
            require(format.equals("json") || format.equals("text"), "logging.format must be json or text");
            require(List.of("error", "warn", "info", "debug", "trace").contains(level),
                    "logging.level must be error, warn, info, debug or trace");
        }
    }

    static void require(boolean holds, String problem) {
        if (!holds) {
            throw new InvalidConfig(problem);
        }
    }
}
