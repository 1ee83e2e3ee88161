package gatehouse.idp.upstream;

import gatehouse.idp.tenancy.Connection;

/** Open connectors, one per connection and version: a changed connection is opened anew, the old one forgotten. Bounded. */
public interface Connectors {

    /** The connector of {@code connection}. */
    Connector open(Connection connection);
}
