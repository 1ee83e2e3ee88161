package gatehouse.idp.admin;

import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** TXT records by the JDK's DNS client and the system's name servers. */
public final class JndiDnsTxt implements DnsTxt {

    private static final int TEXTS_MAX = 50;
    private static final int TIMEOUT_MILLIS_MAX = 2_000;

    private final String servers;

    /** Asks the name servers of the system. */
    public JndiDnsTxt() {
        this("dns:");
    }

    /** @param servers {@code dns://host:port}, or several of them with spaces between */
    public JndiDnsTxt(String servers) {
        this.servers = servers;
    }

    @Override
    public List<String> lookUp(String name, Deadline deadline) {
        deadline.requireTime();
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", servers);
        long timeout = Math.clamp(deadline.remaining().toMillis() / 2, 50, TIMEOUT_MILLIS_MAX);
        environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(timeout));
        environment.put("com.sun.jndi.dns.timeout.retries", "1");
        try {
            var dns = new InitialDirContext(environment);
            try {
                // A trailing dot: no search domain of this machine is to be tried.
                return texts(dns.getAttributes(name + ".", new String[] {"TXT"}).get("TXT"));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException nothing) {
            return List.of();
        } catch (NamingException failed) {
            throw new Unavailable("DNS does not answer", failed);
        }
    }

    private static List<String> texts(Attribute records) throws NamingException {
        var texts = new ArrayList<String>();
        for (int i = 0; records != null && i < records.size() && i < TEXTS_MAX; i++) {
            // The strings of one record come quoted and separated by spaces.
            texts.add(String.valueOf(records.get(i)).replace("\" \"", "").replace("\"", ""));
        }
        return texts;
    }
}
