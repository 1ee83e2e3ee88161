package gatehouse.spi;

/** Identifies an advertiser organization. */
public record OrganizationId(String value) {

    public OrganizationId {
        if (value == null || value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("OrganizationId must have 1 to 64 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
