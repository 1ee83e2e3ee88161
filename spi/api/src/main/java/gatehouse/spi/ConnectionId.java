package gatehouse.spi;

/** Identifies an organization's way to its identity provider. */
public record ConnectionId(String value) {

    public ConnectionId {
        if (value == null || value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("ConnectionId must have 1 to 64 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
