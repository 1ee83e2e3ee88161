package gatehouse.spi;

/** An OAuth client identifier (RFC 6749 §2.2). */
public record ClientId(String value) {

    public ClientId {
        if (value == null || value.isEmpty() || value.length() > 512) {
            throw new IllegalArgumentException("ClientId must have 1 to 512 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
