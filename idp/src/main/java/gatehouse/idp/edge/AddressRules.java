package gatehouse.idp.edge;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Which addresses an outgoing request may reach: the public Internet. IPv4 by what is reserved (IANA special-purpose
 * registry, RFC 6890), IPv6 by what is global unicast; an IPv6 address that stands for an IPv4 one is judged as that.
 */
public final class AddressRules {

    private record Range(int network, int prefix) {

        static Range of(String cidr) {
            var parts = cidr.split("[./]");
            int network = 0;
            for (int i = 0; i < 4; i++) {
                network = network << 8 | Integer.parseInt(parts[i]);
            }
            return new Range(network, Integer.parseInt(parts[4]));
        }

        boolean contains(int address) {
            return (address ^ network) >>> 32 - prefix == 0;
        }
    }

    private static final List<Range> NOT_PUBLIC = List.of(
            Range.of("0.0.0.0/8"),
            Range.of("10.0.0.0/8"),
            Range.of("100.64.0.0/10"),
            Range.of("127.0.0.0/8"),
            Range.of("169.254.0.0/16"),
            Range.of("172.16.0.0/12"),
            Range.of("192.0.0.0/24"),
            Range.of("192.0.2.0/24"),
            Range.of("192.88.99.0/24"),
            Range.of("192.168.0.0/16"),
            Range.of("198.18.0.0/15"),
            Range.of("198.51.100.0/24"),
            Range.of("203.0.113.0/24"),
            Range.of("224.0.0.0/3"),
            // Public by its number, the host's own control plane on Azure.
            Range.of("168.63.129.16/32"));

    private AddressRules() {}

    /** Whether {@code address} is on the public Internet. */
    public static boolean isPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> isPublic(number(four.getAddress(), 0));
            case Inet6Address six -> isPublic(six.getAddress());
            default -> false;
        };
    }

    /** Whether {@code address} names one host at all, public or not. */
    static boolean isUnicast(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress()
                && !(address instanceof Inet4Address && number(address.getAddress(), 0) == -1);
    }

    private static boolean isPublic(int address) {
        for (var range : NOT_PUBLIC) {
            if (range.contains(address)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublic(byte[] six) {
        int first = number(six, 0);
        int second = number(six, 4);
        int third = number(six, 8);
        if (first == 0x0064ff9b && second == 0 && third == 0) {
            return isPublic(number(six, 12)); // NAT64 (RFC 6052)
        }
        if (first == 0 && second == 0 && third == 0x0000ffff) {
            return isPublic(number(six, 12)); // IPv4-mapped
        }
        boolean global = first >>> 29 == 1; // 2000::/3
        boolean protocolAssignments = first >>> 9 == 0x20010000 >>> 9; // 2001::/23, Teredo among them
        boolean documentation = first == 0x20010db8 || first >>> 12 == 0x3fff0000 >>> 12;
        boolean sixToFour = first >>> 16 == 0x2002;
        return global && !protocolAssignments && !documentation && !sixToFour;
    }

    private static int number(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes).getInt(from);
    }
}
