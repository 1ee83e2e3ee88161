package gatehouse.spi.host;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of Keycloak provider that are hosted. A kind that is not in this list is refused by name. */
public enum SupportedSpi {

    /** Told about logins and changes after they happened; a failing one is skipped. */
    EVENT_LISTENER("eventsListener", "org.keycloak.events.EventListenerProviderFactory"),
    /** Hashes and verifies passwords; a failing one lets nobody in. */
    PASSWORD_HASH("password-hashing", "org.keycloak.credential.hash.PasswordHashProviderFactory");

    /** The Keycloak release whose SPI is offered. */
    public static final String LEVEL = "26.7";

    private final String spiName;
    private final String factoryType;

    SupportedSpi(String spiName, String factoryType) {
        this.spiName = spiName;
        this.factoryType = factoryType;
    }

    /** Name of the SPI in Keycloak's configuration. */
    public String spiName() {
        return spiName;
    }

    /** The factory interface, which also names the jar's {@code META-INF/services} entry. */
    public String factoryType() {
        return factoryType;
    }

    /** The supported kind with this factory interface. */
    public static Optional<SupportedSpi> of(String factoryType) {
        return Arrays.stream(values()).filter(spi -> spi.factoryType.equals(factoryType)).findFirst();
    }
}
