package gatehouse.sessions;

/**
 * Identifies the refresh tokens born from one authorization: two hexadecimal digits of the shard, then 22 base64url
 * characters of 16 random bytes. Not a secret.
 */
public record FamilyId(String value) {

    public FamilyId {
        if (!value.matches("[0-9a-f]{2}[A-Za-z0-9_-]{22}")) {
            throw new IllegalArgumentException("not a family id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
