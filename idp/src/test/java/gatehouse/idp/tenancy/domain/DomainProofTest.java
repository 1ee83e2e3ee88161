package gatehouse.idp.tenancy.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.domain.DomainFinding.Verdict;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.Unavailable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against real authoritative name servers. */
class DomainProofTest {

    private static final String RECORD = "gatehouse-domain-verification=ch4llenge";
    private static final Instant NOW = Instant.parse("2026-11-20T10:02:00Z");

    private static NameServer first;
    private static NameServer second;

    @BeforeAll
    static void start() {
        first = new NameServer();
        second = new NameServer("127.0.0.2", first.address().getPort());
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    private static DomainFinding look(String domain) {
        return look(domain, _ -> true);
    }

    private static DomainFinding look(String domain, Predicate<InetAddress> permitted) {
        var dns = new AuthoritativeTxt(List.of(first.address()), first.address().getPort(), permitted);
        var proof = new DomainProof(dns, InstantSource.fixed(NOW));
        return proof.look(claim(domain), Deadline.after(Duration.ofSeconds(9)));
    }

    private static DomainClaim claim(String domain) {
        return new DomainClaim(domain, "main", new OrganizationId("a"), Optional.empty(), "ch4llenge", false,
                Optional.empty(), false, 1);
    }

    @Test
    void theRecordAtItsPlaceProvesTheDomain() {
        first.serve("proved.example", """
                @ TXT "v=spf1 -all"
                _gatehouse-challenge TXT "other"
                _gatehouse-challenge TXT "gatehouse-domain-" "verification=ch4llenge"
                """, "127.0.0.1");
        var found = look("proved.example");
        assertThat(found.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(found.servers()).singleElement().satisfies(seen -> {
            assertThat(seen.server()).isEqualTo("ns1.proved.example");
            assertThat(seen.address()).isEqualTo("127.0.0.1");
            assertThat(seen.atHost()).containsExactlyInAnyOrder(RECORD, "other");
            assertThat(seen.atDomain()).containsExactly("v=spf1 -all");
        });
        assertThat(look("*.proved.example").verdict()).isEqualTo(Verdict.PROVED);
        // A name in the zone is asked of the zone's servers, and needs a record of its own.
        assertThat(look("sub.proved.example").verdict()).isEqualTo(Verdict.MISSING);
    }

    @Test
    void aMissingRecordIsToldWithWhatThereIs() {
        first.serve("missing.example", "@ TXT \"one\"\n@ TXT \"two\"", "127.0.0.1");
        var found = look("missing.example");
        assertThat(found.verdict()).isEqualTo(Verdict.MISSING);
        assertThat(found.verdict().code()).isEqualTo("DOM-01");
        assertThat(found.explained()).contains("ns1.missing.example (127.0.0.1) at 2026-11-20T10:02:00Z",
                "found 2 TXT records at missing.example, none at _gatehouse-challenge.missing.example", RECORD);
    }

    @Test
    void anotherValueIsNoProof() {
        first.serve("other.example", "_gatehouse-challenge TXT \"gatehouse-domain-verification=ch4llenge2\"",
                "127.0.0.1");
        assertThat(look("other.example").verdict()).isEqualTo(Verdict.OTHER_VALUE);
        first.serve("other.example", "_gatehouse-challenge TXT \" gatehouse-domain-verification=ch4llenge\"",
                "127.0.0.1");
        assertThat(look("other.example").verdict().code()).isEqualTo("DOM-02");
    }

    @Test
    void aRecordThatTheProviderPutBelowASecondCopyOfTheZoneIsFound() {
        first.serve("twice.example", "_gatehouse-challenge.twice.example TXT \"" + RECORD + "\"", "127.0.0.1");
        var found = look("twice.example");
        assertThat(found.verdict().code()).isEqualTo("DOM-03");
        assertThat(found.explained()).contains("your provider has added .twice.example itself");
        first.serve("bare.example", "@ TXT \"" + RECORD + "\"", "127.0.0.1");
        assertThat(look("bare.example").verdict()).isEqualTo(Verdict.MISPLACED);
    }

    @Test
    void oneOfTwoServersIsNotEnoughAndBothAreShown() {
        var proof = "_gatehouse-challenge TXT \"" + RECORD + "\"";
        first.serve("split.example", proof, "127.0.0.1", "127.0.0.2");
        second.serve("split.example", "", "127.0.0.1", "127.0.0.2");
        var found = look("split.example");
        assertThat(found.verdict().code()).isEqualTo("DOM-04");
        assertThat(found.servers()).extracting(DomainFinding.Seen::server)
                .containsExactlyInAnyOrder("ns1.split.example", "ns2.split.example");
        second.serve("split.example", proof, "127.0.0.1", "127.0.0.2");
        assertThat(look("split.example").verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aServerThatIsSilentIsSaidAndTheOthersDecide() {
        first.serve("half.example", "_gatehouse-challenge TXT \"" + RECORD + "\"", "127.0.0.1", "127.0.0.3");
        var found = look("half.example");
        assertThat(found.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(found.servers()).filteredOn(seen -> seen.address().equals("127.0.0.3")).singleElement()
                .satisfies(seen -> assertThat(seen.problem()).contains("it did not answer"));
    }

    @Test
    void aServerAtAnAddressThatMayNotBeReachedIsNotAsked() {
        first.serve("inside.example", "_gatehouse-challenge TXT \"" + RECORD + "\"", "127.0.0.1");
        var found = look("inside.example", _ -> false);
        assertThat(found.verdict()).isEqualTo(Verdict.UNSETTLED);
        assertThat(found.servers()).singleElement().satisfies(seen ->
                assertThat(seen.problem()).contains("its address is not on the public Internet"));
    }

    @Test
    void aDomainThatNobodyServesIsUnsettledAndADeadResolverConcludesNothing() {
        first.serve("known.example", "", "127.0.0.1");
        var dead = new AuthoritativeTxt(List.of(new InetSocketAddress("127.0.0.9", first.address().getPort())),
                first.address().getPort(), _ -> true);
        var proof = new DomainProof(dead, InstantSource.fixed(NOW));
        assertThatThrownBy(() -> proof.look(claim("known.example"), Deadline.after(Duration.ofSeconds(9))))
                .isInstanceOf(Unavailable.class);
    }
}
