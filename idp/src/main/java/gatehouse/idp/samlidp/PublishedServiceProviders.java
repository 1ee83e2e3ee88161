package gatehouse.idp.samlidp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.client.AssertionEncryption;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.LogoutAddresses;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.samlwire.LogoutServices;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.SpMetadata;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Service providers with what they publish about themselves today laid over what is registered: keys, and addresses on
 * the hosts that are registered. Where answers go to another host is an administrator's to say, whatever is published.
 *
 * <p>A copy is renewed in the background; if that fails, the old one goes on serving, and what is registered where there
 * is none. Only the first request for a service provider waits, and not long.
 */
public final class PublishedServiceProviders implements ClientCatalog {

    static final Duration FETCH_BUDGET = Duration.ofSeconds(10);
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    static final Duration RENEWAL_MIN = Duration.ofMinutes(5);
    static final Duration RENEWAL_MAX = Duration.ofHours(24);
    private static final Duration RENEWAL_USUAL = Duration.ofHours(1);
    private static final int COPIES_MAX = 10_000;

    private final ClientCatalog registered;
    private final SamlWire wire;
    private final HttpCaller http;
    private final InstantSource time;
    private final Executor background;
    private final Cache<Key, Copy> copies = Caffeine.newBuilder().maximumSize(COPIES_MAX).build();

    private record Key(String issuer, String entityId, URI url) {}

    /** The last document, when to ask again, and the fetch under way or done. */
    private record Copy(Optional<SpMetadata> metadata, Instant renewAt, CompletableFuture<Void> fetch) {}

    public PublishedServiceProviders(
            ClientCatalog registered, SamlWire wire, HttpCaller http, InstantSource time, Executor background) {
        this.registered = registered;
        this.wire = wire;
        this.http = http;
        this.time = time;
        this.background = background;
    }

    @Override
    public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
        return registered.client(issuer, id, deadline);
    }

    @Override
    public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
        return registered.serviceProvider(issuer, entityId, deadline)
                .map(sp -> sp.metadataUrl().flatMap(url -> published(sp, url, deadline))
                        .map(metadata -> overlaid(sp, metadata)).orElse(sp));
    }

    private Optional<SpMetadata> published(ServiceProvider sp, URI url, Deadline deadline) {
        var key = new Key(sp.issuer(), sp.entityId(), url);
        var mine = new CompletableFuture<Void>();
        var copy = copies.asMap().compute(key, (_, known) ->
                known != null && (time.instant().isBefore(known.renewAt()) || !known.fetch().isDone()) ? known
                        : new Copy(known == null ? Optional.empty() : known.metadata(),
                                time.instant().plus(PAUSE_AFTER_FAILURE), mine));
        if (copy.fetch() == mine) {
            background.execute(() -> {
                try {
                    renew(key);
                } finally {
                    mine.complete(null);
                }
            });
        }
        if (copy.metadata().isPresent()) {
            return copy.metadata();
        }
        try {
            deadline.within(FIRST_WAIT).await(copy.fetch().copy());
        } catch (DeadlineExceeded slow) {
            deadline.requireTime(); // what is registered has to do for now
        }
        return Optional.ofNullable(copies.getIfPresent(key)).flatMap(Copy::metadata);
    }

    private void renew(Key key) {
        try {
            var answer = http.get(key.url(), Map.of("accept", "application/samlmetadata+xml, application/xml, text/xml"),
                    Deadline.after(FETCH_BUDGET));
            if (answer.status() != 200) {
                return;
            }
            var metadata = wire.spMetadata().read(answer.body(), Optional.of(key.entityId()));
            copies.asMap().computeIfPresent(key, (_, known) -> new Copy(
                    Optional.of(metadata), time.instant().plus(renewal(metadata)), known.fetch()));
        } catch (SamlError | OutboundRefused | DeadlineExceeded notThisTime) {
            // The copy at hand goes on serving; the next request after the pause tries again.
        }
    }

    private static Duration renewal(SpMetadata metadata) {
        var wanted = metadata.cacheDuration().orElse(RENEWAL_USUAL);
        return wanted.compareTo(RENEWAL_MIN) < 0 ? RENEWAL_MIN
                : wanted.compareTo(RENEWAL_MAX) > 0 ? RENEWAL_MAX : wanted;
    }

    private static ServiceProvider overlaid(ServiceProvider sp, SpMetadata published) {
        var addresses = new ArrayList<>(sp.assertionConsumerServices());
        published.assertionConsumerServices().stream().filter(acs -> isAtHome(sp, acs)).map(URI::toString)
                .filter(acs -> !addresses.contains(acs)).forEach(addresses::add);
        var keys = published.signingCertificates().isEmpty() ? sp.certificates() : published.signingCertificates();
        var encryption = published.encryption()
                .map(choice -> new AssertionEncryption(choice.certificate(),
                        sp.encryption().flatMap(AssertionEncryption::content)
                                .or(() -> Optional.of(choice.content().word())),
                        sp.encryption().flatMap(AssertionEncryption::keyTransport)))
                .or(sp::encryption);
        return new ServiceProvider(sp.entityId(), sp.issuer(), sp.organization(), sp.displayName(), addresses, keys,
                sp.wantsAuthnRequestsSigned(), sp.nameIdFormat(), sp.attributes(), sp.attributeNameFormats(),
                sp.signedParts(), encryption, sp.singleLogout().or(() -> logout(sp, published.logout())),
                sp.idpInitiated(), sp.metadataUrl(), sp.enabled(), sp.version());
    }

    private static Optional<LogoutAddresses> logout(ServiceProvider sp, LogoutServices published) {
        return Optional.of(new LogoutAddresses(published.redirect().filter(uri -> isAtHome(sp, uri)),
                published.post().filter(uri -> isAtHome(sp, uri)), published.soap().filter(uri -> isAtHome(sp, uri)),
                published.response().filter(uri -> isAtHome(sp, uri))));
    }

    /** Whether {@code address} has the origin of one that is registered. */
    private static boolean isAtHome(ServiceProvider sp, URI address) {
        return sp.assertionConsumerServices().stream().map(URI::create)
                .anyMatch(home -> List.of(home.getScheme(), home.getHost(), home.getPort())
                        .equals(List.of(address.getScheme(), address.getHost(), address.getPort())));
    }
}
