package gatehouse.idp.tenancy.domain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import gatehouse.idp.schema.Described;
import gatehouse.idp.tenancy.domain.TxtSource.ServerAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a look at DNS came to, and all that was seen.
 *
 * @param domain    the domain
 * @param host      where the record is wanted
 * @param expected  what it must hold
 * @param checkedAt when it was asked
 * @param verdict   what it means
 * @param servers   what each server said
 */
public record DomainFinding(
        @Described("The domain.") String domain,
        @Described("Where the TXT record is wanted.") String host,
        @Described("What it must hold.") String expected,
        @Described(value = "When the servers were asked.", format = "date-time") Instant checkedAt,
        @Described("What it means.") Verdict verdict,
        @Described("What each authoritative name server said.") List<Seen> servers) {

    private static final int SEEN_LENGTH_MAX = 200;
    private static final int SEEN_MAX = 20;

    /** What was seen means. */
    public enum Verdict {
        /** Every server that answered shows the record. */
        PROVED(""),
        /** There is no record of ours. */
        MISSING("DOM-01"),
        /** There is one, with another value. */
        OTHER_VALUE("DOM-02"),
        /** The record is at the bare domain, or below a second copy of it. */
        MISPLACED("DOM-03"),
        /** No server answers, nobody has the say, or only some servers show the record yet. */
        UNSETTLED("DOM-04");

        private final String code;

        Verdict(String code) {
            this.code = code;
        }

        /** As it is written: lower case. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Its entry in the catalogue of errors; empty if it is none. */
        public String code() {
            return code;
        }
    }

    /**
     * What one server said.
     *
     * @param server    its name
     * @param address   its address
     * @param atHost    texts where the record is wanted
     * @param atDomain  texts at the bare domain
     * @param atDoubled texts where a provider that adds its zone itself would have put it
     * @param problem   why it said nothing
     */
    public record Seen(
            @Described("Name of the server.") String server,
            @Described("Its address.") String address,
            @Described("Texts where the record is wanted.") List<String> atHost,
            @Described("Texts at the bare domain.") List<String> atDomain,
            @Described("Texts where a provider that adds its zone itself would have put it.") List<String> atDoubled,
            @Described("Why it did not answer.") Optional<String> problem) {}

    /** Judges what the servers said. */
    static DomainFinding judge(DomainChallenge challenge, List<ServerAnswer> answers, Instant now) {
        var heard = answers.stream().filter(answer -> answer.problem().isEmpty()).toList();
        var showing = heard.stream().filter(answer -> answer.at(challenge.host()).contains(challenge.text())).count();
        final Verdict verdict;
        if (showing > 0) {
            // One server that was taken over, or that lags behind, must not speak for the others.
            verdict = showing == heard.size() ? Verdict.PROVED : Verdict.UNSETTLED;
        } else if (heard.isEmpty()) {
            verdict = Verdict.UNSETTLED;
        } else if (sees(heard, challenge.doubledHost(), challenge) || sees(heard, challenge.domain(), challenge)) {
            verdict = Verdict.MISPLACED;
        } else {
            verdict = heard.stream().flatMap(answer -> answer.at(challenge.host()).stream()).findAny().isPresent()
                    ? Verdict.OTHER_VALUE : Verdict.MISSING;
        }
        var seen = answers.stream().map(answer -> new Seen(answer.server(), answer.address(),
                shown(answer.at(challenge.host())), shown(answer.at(challenge.domain())),
                shown(answer.at(challenge.doubledHost())), answer.problem())).toList();
        return new DomainFinding(challenge.domain(), challenge.host(), challenge.text(), now, verdict, seen);
    }

    private static boolean sees(List<ServerAnswer> answers, String name, DomainChallenge challenge) {
        return answers.stream().anyMatch(answer -> answer.at(name).contains(challenge.text()));
    }

    /** Whether the domain is proved. */
    @JsonIgnore
    public boolean isProved() {
        return verdict == Verdict.PROVED;
    }

    /** What was seen, and what to do, in sentences. */
    public String explained() {
        var said = new ArrayList<String>();
        for (var server : servers) {
            said.add("We asked " + server.server() + " (" + server.address() + ") at " + checkedAt + ": "
                    + server.problem().orElseGet(() -> "found " + records(server.atDomain()) + " at " + domain + ", "
                            + records(server.atHost()) + " at " + host
                            + (server.atHost().isEmpty() ? "" : ": " + server.atHost())) + ".");
        }
        said.add(switch (verdict) {
            case PROVED -> "The domain is proved.";
            case MISSING -> "Add a TXT record at " + host + " that holds " + expected
                    + ". A new record may take a while to be seen.";
            case OTHER_VALUE -> "The record must hold " + expected + ".";
            case MISPLACED -> "The record is there, but in another place. If you entered the full name, your provider"
                    + " has added ." + domain + " itself: enter only the part before it.";
            case UNSETTLED -> servers.isEmpty() ? "No name server has the say about " + domain + ": is it registered?"
                    : "The name servers do not agree, or do not answer, yet: try again later.";
        });
        return String.join(" ", said);
    }

    private static String records(List<String> texts) {
        return texts.isEmpty() ? "none" : texts.size() + (texts.size() == 1 ? " TXT record" : " TXT records");
    }

    /** Bounded and printable: it is a stranger's. Texts that are for us first, since they are looked for. */
    private static List<String> shown(List<String> texts) {
        return texts.stream()
                .sorted((one, other) -> Boolean.compare(DomainChallenge.isOurs(other), DomainChallenge.isOurs(one)))
                .limit(SEEN_MAX)
                .map(text -> text.replaceAll("[^\\x20-\\x7e]", "?"))
                .map(text -> text.length() > SEEN_LENGTH_MAX ? text.substring(0, SEEN_LENGTH_MAX) + "..." : text)
                .toList();
    }
}
