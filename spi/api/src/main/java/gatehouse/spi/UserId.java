package gatehouse.spi;

/** Identifies a user in the directory: the {@code sub} of its tokens. */
public record UserId(String value) {

    public UserId {
        if (value == null || value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("UserId must have 1 to 64 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
