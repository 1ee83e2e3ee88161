package gatehouse.idp.portal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A screen of the portal: one record per template, which sees its components and the {@link Frame}. */
sealed interface Screen {

    /** A date for people, and the same for programs. */
    record When(String iso, String text) {}

    /** The link was opened: a button, so that a program that only looks at links spends nothing. */
    record Entry(String action, String host, String inviter, String who, String intent, When until) implements Screen {}

    /** A link that is of no use any more. @param standing {@code used}, {@code expired} or {@code revoked} */
    record LinkGone(String standing, String inviter, When since, String action, boolean asked, Optional<String> goOn)
            implements Screen {}

    /** Something did not work. @param word which: {@code refusal.<word>.*} */
    record Problem(int status, String word, Optional<String> wayOn) implements Screen {}

    /** The session has ended, at its own wish. */
    record Left() implements Screen {}

    /** Where one stands: connections, domains. */
    record Welcome(String inviter, List<Card> connections, List<Name> domains, boolean mayAdd, boolean oneIntent,
            List<Frame.Notice> notices) implements Screen {
        /** A connection. */
        public record Card(String href, String name, String provider, String protocol, String state, String nextStep,
                int done, int all) {}

        /** A domain. */
        public record Name(String name, boolean proved) {}
    }

    /** Which identity provider it is. */
    record Provider(String action, List<Choice> choices, Optional<String> chosen) implements Screen {
        /** One. @param ways the advised one first */
        public record Choice(String id, String name, List<String> ways) {}
    }

    /** Our values, in their words. */
    record Values(String action, String provider, String name, String protocol, List<String> sentences,
            List<String> path, List<Box> fields, List<Box> attributes, List<Box> all, Optional<String> metadataHref,
            boolean copied) implements Screen {}

    /** A field of a form over there, or one of our values. */
    record Box(String label, String value, boolean ours) {}

    /** What they are. @param address an example of where metadata is published, if it is */
    record Metadata(String action, String provider, String name, String protocol, List<String> path,
            List<String> theirs, Optional<String> address, Optional<Asked> asked,
            Map<String, String> given, Optional<Trouble> trouble,
            Optional<Summary> summary, Optional<Pending> pending, boolean live) implements Screen {

        /**
         * The questions about an OpenID Provider.
         *
         * @param jwks  where our public keys are, if they can be used there in place of a secret
         * @param byKey whether they are
         */
        public record Asked(List<Ask> asks, boolean secretKept, Optional<String> jwks, boolean byKey) {}

        /** One. @param label as it is written there; empty if it is not */
        public record Ask(String name, String label, boolean required, boolean secret, String example, String value) {}
    }

    /**
     * What is wrong with what was given.
     *
     * @param word  {@code trouble.<word>.title}, {@code .text}, {@code .fix}
     * @param about a value for the texts
     * @param detail what the reader of the document said, in English, if there is more to say
     */
    record Trouble(String word, String about, Optional<String> detail) {}

    /** What was read of the provider. */
    record Summary(List<Box> facts, List<Certificate> certificates, Optional<String> source) {}

    /** A certificate. @param days until it expires; negative: it has */
    record Certificate(String subject, String fingerprint, When expires, long days) {}

    /** A change of a connection that people use: shown, and not yet made. @param warnings message keys */
    record Pending(List<Change> changes, List<String> warnings) {}

    /** Before and after. */
    record Change(String label, String before, String after) {}

    /** Domains and their proof. */
    record Domains(String action, List<Claim> claims, Optional<Trouble> trouble, String typed, boolean needed)
            implements Screen {
        /** A claim, and what DNS said when it was last asked. */
        public record Claim(String name, boolean proved, String host, String hostShort, String zone, String value,
                Optional<Asked> asked) {}

        /** What DNS said. @param word {@code dns.<word>} */
        public record Asked(String word, String code, When at, List<Server> servers) {}

        /** What one name server said. */
        public record Server(String name, String address, List<String> atHost, List<String> atDomain,
                List<String> atDoubled, Optional<String> problem) {}
    }

    /** Trying it out. */
    record Trial(String start, boolean ready, Optional<Verdict> last, List<Attempt> attempts, String name)
            implements Screen {}

    /** One attempt in a list. */
    record Attempt(String href, When at, String who, String kind, String status, Optional<String> code) {}

    /**
     * One attempt: what was checked, and what came of it.
     *
     * @param tried {@code test}: just come back from one; {@code tried}: its X-ray; {@code real} or {@code replay}
     */
    record Result(Verdict verdict, String again, String next, String back, Optional<String> replay, String tried)
            implements Screen {}

    /** What came of a sign-in. */
    record Verdict(String status, When at, Optional<Diagnosis> diagnosis, List<CheckLine> checks, List<Box> person,
            List<Box> attributes, String code, String trace, Optional<String> support) {}

    /** One check. @param mark {@code passed}, {@code failed}, {@code skipped} */
    record CheckLine(String name, String mark, Optional<String> expected, Optional<String> received) {}

    /** What is wrong, whose it is, and how to mend it. */
    record Diagnosis(String code, String fixer, String expected, String received, List<String> fields,
            List<Fix> fixes) {}

    /**
     * A one-click fix.
     *
     * @param key    message key of its button, with {@code arguments}
     * @param lowers whether less is checked afterwards: asked for beside the button
     */
    record Fix(String action, int index, String key, List<String> arguments, boolean lowers) {}

    /** What came, and what it becomes. */
    record Mapping(String action, List<Line> lines, List<Box> seen, Optional<String> warning, boolean tested)
            implements Screen {
        /** A field of ours. */
        public record Line(String field, boolean required, String chosen, Optional<String> result,
                List<Option> options) {}

        /** An attribute that came. */
        public record Option(String name, String value) {}
    }

    /** Letting people in. */
    record Activate(String action, String state, List<Condition> conditions, boolean ready, List<String> testers)
            implements Screen {}

    /** Something that has to be so first. */
    record Condition(String word, boolean holds, String href) {}

    /** Letting people in no other way. */
    record Enforce(String action, String glass, String state, List<Condition> conditions, boolean ready, List<Affected> blocked,
            int blockedInAll, int people, int share) implements Screen {
        /** Somebody who would be locked out, and why. */
        public record Affected(String who, String why) {}
    }

    /**
     * Who has a way in for emergencies.
     *
     * @param mayAdd  whether somebody can be named
     * @param ready   whether one of them has been tried out
     * @param replace whether a password that there is would be replaced: asked for
     */
    record BreakGlass(String action, String back, List<Person> people, boolean mayAdd, boolean ready,
            Optional<Trouble> trouble, String typed, boolean replace) implements Screen {
        /** One of them. @param openUntil empty: not activated */
        public record Person(String user, String email, boolean tried, Optional<When> openUntil) {}
    }

    /** A code that is shown this once. */
    record BreakGlassCode(String code, String who, String next) implements Screen {

        @Override
        public String toString() {
            return "BreakGlassCode[•••]";
        }
    }

    /** How it has been doing. */
    record Health(String state, boolean anything,
            List<Box> figures, List<Certificate> certificates, List<Attempt> attempts,
            List<Held> held, String attemptsHref) implements Screen {
        /** A change of metadata that waits for a decision. */
        public record Held(String action, String id, When since, List<Change> changes, List<String> warnings) {}
    }

    /** The list of attempts. */
    record Attempts(List<Attempt> attempts, String name) implements Screen {}

    /** Handing a step to somebody else. */
    record Handed(String url, String who, When until, String back) implements Screen {}
}
