package gatehouse.idp.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a setup link lets its bearer do, and nothing else. */
public enum SetupIntent {
    /** Connect the identity provider, from the choice of it to enforcement; prove domains on the way. */
    SSO,
    /** Prove domains. */
    DOMAIN,
    /** Bring the new certificate or metadata of a connection that there is, test it, and see its health. */
    CERTIFICATE_RENEWAL;

    /** As it is written in requests and rows: {@code certificate-renewal}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The intent written {@code text}. */
    public static Optional<SetupIntent> of(String text) {
        return Arrays.stream(values()).filter(intent -> intent.wireName().equals(text)).findFirst();
    }
}
