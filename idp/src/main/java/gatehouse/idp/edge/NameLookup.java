package gatehouse.idp.edge;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the addresses of a host name, or reads an address literal. Does not wait. */
@FunctionalInterface
interface NameLookup {

    CompletionStage<List<InetAddress>> addressesOf(String host);
}
