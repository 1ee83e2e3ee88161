package gatehouse.spi.host;

/**
 * What became of one provider found in a jar.
 *
 * @param spi       the Keycloak SPI it implements, by its configuration name
 * @param id        its id, or its class when it did not live long enough to say
 * @param jar       file name of the jar it came from
 * @param className its factory
 * @param status    whether it runs
 * @param reason    why not, in plain words; empty when it runs
 */
public record ProviderReport(String spi, String id, String jar, String className, Status status, String reason) {

    /** Whether a provider runs. */
    public enum Status {
        /** Started and in use. */
        ACTIVE,
        /** Switched off by configuration. */
        DISABLED,
        /** Of a kind that this server does not host. */
        UNSUPPORTED,
        /** Of a kind that is hosted, but it did not start. */
        FAILED
    }
}
