package gatehouse.idp.admin;

import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import java.util.Arrays;
import java.util.Map;

/** A hash that costs nothing. */
public final class FakeHasher implements PasswordHasher {

    @Override
    public String algorithm() {
        return "fake";
    }

    @Override
    public PasswordHash hash(char[] password) {
        return new PasswordHash("fake", Integer.toHexString(Arrays.hashCode(password)), "", Map.of("cost", "0"));
    }

    @Override
    public boolean verify(char[] password, PasswordHash stored) {
        return hash(password).equals(stored);
    }
}
