package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a name server that knows one name (RFC 1035 §4). */
class JndiDnsTxtTest {

    private static final String PROOF = "gatehouse-domain-verification=abc_DEF-123";
    private static final int TXT = 16;

    private DatagramSocket socket;
    private JndiDnsTxt dns;

    @BeforeEach
    void start() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        dns = new JndiDnsTxt("dns://127.0.0.1:" + socket.getLocalPort());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                socket.receive(packet);
                var answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                if (answer.remaining() > 0) {
                    socket.send(new DatagramPacket(answer.array(), answer.limit(), packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private static ByteBuffer answer(ByteBuffer question) {
        short id = question.getShort(0);
        question.position(12);
        var labels = new ArrayList<String>();
        for (int length = question.get(); length > 0; length = question.get()) {
            var label = new byte[length];
            question.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        int end = question.position() + 4;
        var name = String.join(".", labels);
        var answer = ByteBuffer.allocate(512);
        if (name.startsWith("silent")) {
            return answer.limit(0);
        }
        boolean known = name.equals("_gatehouse-challenge.known.example");
        var texts = known ? List.of("v=spf1 -all", PROOF) : List.<String>of();
        answer.putShort(id).putShort((short) (known ? 0x8180 : 0x8183));
        answer.putShort((short) 1).putShort((short) texts.size()).putInt(0);
        answer.put(question.array(), 12, end - 12);
        for (var text : texts) {
            answer.putShort((short) 0xc00c).putShort((short) TXT).putShort((short) 1).putInt(60);
            answer.putShort((short) (text.length() + 1)).put((byte) text.length());
            answer.put(text.getBytes(StandardCharsets.US_ASCII));
        }
        return answer.flip();
    }

    private static Deadline in(long millis) {
        return Deadline.after(Duration.ofMillis(millis));
    }

    @Test
    void theTextsOfANameAreFound() {
        assertThat(dns.lookUp("_gatehouse-challenge.known.example", in(5_000)))
                .containsExactlyInAnyOrder("v=spf1 -all", PROOF);
    }

    @Test
    void aNameThatDoesNotExistHasNone() {
        assertThat(dns.lookUp("_gatehouse-challenge.unknown.example", in(5_000))).isEmpty();
    }

    @Test
    void aServerThatIsSilentIsUnavailable() {
        assertThatThrownBy(() -> dns.lookUp("silent.example", in(400))).isInstanceOf(Unavailable.class);
    }
}
