package gatehouse.sessions.secret;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** The keys of this module, one per purpose, derived from one master key by HKDF-SHA-256 (RFC 5869). */
public final class DerivedKeys {

    private static final int MASTER_BYTES = 32;

    private final SecretKey master;

    /** Takes a master key of 32 bytes. */
    public DerivedKeys(SecretKey master) {
        var raw = master.getEncoded();
        if (raw == null || raw.length != MASTER_BYTES) {
            throw new IllegalArgumentException("the master key of the sessions must have 32 bytes");
        }
        this.master = master;
    }

    /** A keyed hash for {@code purpose}. */
    public KeyedHash hash(String purpose) {
        return new KeyedHash(derive("HmacSHA256", purpose));
    }

    /** A sealer for {@code purpose}. */
    public Sealer sealer(String purpose) {
        return new Sealer(derive("AES", purpose));
    }

    private SecretKey derive(String algorithm, String purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(master)
                    .thenExpand(Text.utf8("gatehouse sessions " + purpose), MASTER_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException impossible) {
            throw broken(impossible);
        }
    }

    static IllegalStateException broken(GeneralSecurityException cause) {
        return new IllegalStateException("the JDK lacks an algorithm it must have", cause);
    }
}
