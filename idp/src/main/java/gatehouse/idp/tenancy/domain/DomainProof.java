package gatehouse.idp.tenancy.domain;

import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.spi.Deadline;
import java.time.InstantSource;
import java.util.List;

/** Looks whether a claim on a domain is proved. Changes nothing. */
public final class DomainProof {

    private final TxtSource dns;
    private final InstantSource clock;

    public DomainProof(TxtSource dns, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /**
     * What the authoritative name servers show for {@code claim} now.
     *
     * @throws gatehouse.spi.Unavailable if not even the resolver answers in time
     */
    public DomainFinding look(DomainClaim claim, Deadline deadline) {
        var challenge = DomainChallenge.of(claim);
        var names = List.of(challenge.host(), challenge.domain(), challenge.doubledHost());
        return DomainFinding.judge(challenge, dns.ask(names, deadline), clock.instant());
    }
}
