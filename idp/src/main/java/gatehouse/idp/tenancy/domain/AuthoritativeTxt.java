package gatehouse.idp.tenancy.domain;

import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * TXT records from the very servers that a zone is delegated to: a resolver would go on telling of the past for as long
 * as it caches, and say nothing of servers that disagree. The resolver is asked only who these servers are.
 */
public final class AuthoritativeTxt implements TxtSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int SERVERS_MAX = 6;
    private static final int TEXTS_MAX = 50;

    private final List<InetSocketAddress> resolvers;
    private final int port;
    private final Predicate<InetAddress> permitted;

    /**
     * @param resolvers asked for delegations and addresses, the first that answers; none: those of the system
     * @param port      where authoritative servers listen: 53, except in development
     * @param permitted addresses that may be asked at all: whoever claims a domain names its servers
     */
    public AuthoritativeTxt(List<InetSocketAddress> resolvers, int port, Predicate<InetAddress> permitted) {
        this.resolvers = List.copyOf(resolvers);
        this.port = port;
        this.permitted = permitted;
    }

    @Override
    public List<ServerAnswer> ask(List<String> names, Deadline deadline) {
        deadline.requireTime();
        var servers = authorities(absolute(names.getFirst()), deadline);
        var asked = new ArrayList<CompletionStage<ServerAnswer>>();
        for (var server : servers.stream().limit(SERVERS_MAX).toList()) {
            asked.add(addressOf(server, deadline)
                    .map(address -> ask(server, address, names))
                    .orElseGet(() -> CompletableFuture.completedFuture(
                            silent(server, "unknown", "it has no address"))));
        }
        return asked.stream().map(deadline::await).toList();
    }

    /** The servers of the closest enclosing zone: the first name from {@code name} upwards that has any. */
    private List<Name> authorities(Name name, Deadline deadline) {
        for (var zone = name; zone.labels() > 2; zone = new Name(zone, 1)) {
            var found = new ArrayList<Name>();
            for (var record : resolved(zone, Type.NS, deadline).getSection(Section.ANSWER)) {
                if (record instanceof NSRecord delegation && record.getName().equals(zone)) {
                    found.add(delegation.getTarget());
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private Optional<InetAddress> addressOf(Name server, Deadline deadline) {
        for (var record : resolved(server, Type.A, deadline).getSection(Section.ANSWER)) {
            if (record instanceof ARecord four) {
                return Optional.of(four.getAddress());
            }
        }
        for (var record : resolved(server, Type.AAAA, deadline).getSection(Section.ANSWER)) {
            if (record instanceof AAAARecord six) {
                return Optional.of(six.getAddress());
            }
        }
        return Optional.empty();
    }

    private Message resolved(Name name, int type, Deadline deadline) {
        var failures = new ArrayList<RuntimeException>();
        for (var resolver : resolvers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : resolvers) {
            try {
                return deadline.within(TIMEOUT).await(send(resolver, name, type, true));
            } catch (DeadlineExceeded late) {
                deadline.requireTime();
                failures.add(late);
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        throw new Unavailable("no resolver answers", failures.isEmpty() ? null : failures.getLast());
    }

    private CompletionStage<ServerAnswer> ask(Name server, InetAddress address, List<String> names) {
        if (!permitted.test(address)) {
            return CompletableFuture.completedFuture(
                    silent(server, address.getHostAddress(), "its address is not on the public Internet"));
        }
        var texts = new LinkedHashMap<String, List<String>>();
        CompletionStage<Map<String, List<String>>> all = CompletableFuture.completedFuture(texts);
        for (var name : names) {
            all = all.thenCombine(send(new InetSocketAddress(address, port), absolute(name), Type.TXT, false),
                    (so, answer) -> {
                        so.put(name, texts(answer));
                        return so;
                    });
        }
        return all.handle((found, failed) -> failed == null
                ? new ServerAnswer(text(server), address.getHostAddress(), found, Optional.empty())
                : silent(server, address.getHostAddress(), "it did not answer"));
    }

    private static CompletionStage<Message> send(InetSocketAddress to, Name name, int type, boolean recursive) {
        var resolver = new SimpleResolver(to);
        resolver.setTimeout(TIMEOUT);
        var question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (!recursive) {
            question.getHeader().unsetFlag(Flags.RD);
        }
        return resolver.sendAsync(question).thenApply(answer -> {
            int code = answer.getRcode();
            if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
                throw new Unavailable("the answer is " + Rcode.string(code), null);
            }
            return answer;
        });
    }

    private static List<String> texts(Message answer) {
        var texts = new ArrayList<String>();
        for (var record : answer.getSection(Section.ANSWER)) {
            switch (record) {
                case TXTRecord text -> texts.add(String.join("", text.getStrings()));
                case CNAMERecord alias -> texts.add("(an alias of " + text(alias.getTarget()) + ")");
                default -> { }
            }
        }
        return texts.subList(0, Math.min(texts.size(), TEXTS_MAX));
    }

    private static ServerAnswer silent(Name server, String address, String problem) {
        return new ServerAnswer(text(server), address, Map.of(), Optional.of(problem));
    }

    private static String text(Name name) {
        return name.toString(true);
    }

    private static Name absolute(String name) {
        try {
            return Name.fromString(name + ".");
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("not a DNS name", impossible);
        }
    }
}
