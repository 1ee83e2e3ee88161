package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.DnsTxt;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.spi.Unavailable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proof of domains: what to publish, and what DNS says at this moment. The same with and without a connection. */
final class DomainStep {

    private static final String LABEL = "_gatehouse-challenge";
    private static final String PREFIX = "gatehouse-domain-verification=";
    private static final int SHOWN_MAX = 10;
    private static final int SHOWN_LENGTH_MAX = 200;

    private final Setups setups;
    private final Desk desk;
    private final DnsTxt dns;
    private final Database database;
    private final Kinds kinds;
    private final Editor editor;
    private final InstantSource clock;

    DomainStep(PortalParts parts, Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
        this.dns = parts.dns();
        this.database = parts.database();
        this.kinds = parts.kinds();
        this.editor = parts.editor();
        this.clock = parts.clock();
    }

    Reply show(PortalCall call) {
        return shown(call, Optional.empty(), Map.of());
    }

    Reply showOf(PortalCall call) {
        return shown(call, Optional.of(setups.require(call)), Map.of());
    }

    Reply act(PortalCall call) {
        return act(call, Optional.empty());
    }

    Reply actOf(PortalCall call) {
        return act(call, Optional.of(setups.require(call)));
    }

    private Reply act(PortalCall call, Optional<Setup> setup) {
        return switch (call.field("action", 20).orElse("")) {
            case "claim" -> claim(call, setup);
            case "check" -> check(call, setup);
            case "release" -> release(call, setup);
            default -> throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        };
    }

    private Reply claim(PortalCall call, Optional<Setup> setup) {
        var typed = call.field("name", 300).orElse("");
        var name = typed.replaceFirst("^https?://", "").replaceFirst("^[^@]*@", "").replaceFirst("/.*$", "");
        try {
            database.inTransaction(call.deadline(), transaction -> editor.create(transaction, kinds.domains(),
                    call.editing(), JsonNodeFactory.instance.objectNode().put("name", name)));
        } catch (InvalidDocument invalid) {
            return again(call, setup, new Screen.Trouble("domain_invalid", typed,
                    Optional.of(invalid.problems().getFirst().problem())), typed);
        } catch (RowRefused refused) {
            return again(call, setup, new Screen.Trouble("domain_claimed", typed, Optional.empty()), typed);
        }
        return to(call, setup, "claimed");
    }

    private DomainClaim claimed(PortalCall call) {
        var name = call.field("name", 253).orElse("");
        return database.read(call.deadline(), sql -> kinds.domains().rows().find(sql, call.scope(), name))
                .orElseThrow(PortalRefusal::notFound);
    }

    private Reply release(PortalCall call, Optional<Setup> setup) {
        var claim = claimed(call);
        if (claim.verified() && call.field("sure", 5).isEmpty()) {
            return again(call, setup, new Screen.Trouble("domain_release", claim.name(), Optional.empty()), "");
        }
        database.inTransaction(call.deadline(), transaction -> {
            editor.delete(transaction, kinds.domains(), call.editing(), claim);
            return claim;
        });
        return to(call, setup, "released");
    }

    private Reply check(PortalCall call, Optional<Setup> setup) {
        var claim = claimed(call);
        var asked = ask(claim, call);
        if (!asked.word().equals("found")) {
            return shown(call, setup, Map.of(claim.name(), asked));
        }
        try {
            prove(call, claim);
        } catch (RowRefused taken) {
            return shown(call, setup, Map.of(claim.name(), new Screen.Domains.Asked("taken", asked.at(), List.of(),
                    List.of(), List.of())));
        }
        return to(call, setup, "proved");
    }

    private Screen.Domains.Asked ask(DomainClaim claim, PortalCall call) {
        var at = Desk.when(clock.instant());
        try {
            var host = LABEL + "." + claim.name();
            var seen = dns.lookUp(host, call.deadline());
            if (seen.contains(PREFIX + claim.challenge())) {
                return new Screen.Domains.Asked("found", at, List.of(), List.of(), List.of());
            }
            var twice = dns.lookUp(host + "." + claim.name(), call.deadline());
            if (twice.contains(PREFIX + claim.challenge())) {
                return new Screen.Domains.Asked("twice", at, List.of(), bounded(twice), List.of());
            }
            var apex = dns.lookUp(claim.name(), call.deadline());
            if (apex.contains(PREFIX + claim.challenge())) {
                return new Screen.Domains.Asked("apex", at, bounded(seen), bounded(apex), List.of());
            }
            return new Screen.Domains.Asked(seen.isEmpty() ? "nothing" : "other", at, bounded(seen), bounded(apex),
                    List.of());
        } catch (Unavailable silent) {
            return new Screen.Domains.Asked("silent", at, List.of(), List.of(), List.of());
        }
    }

    private static List<String> bounded(List<String> texts) {
        return texts.stream().limit(SHOWN_MAX).map(text -> text.replaceAll("[^\\x20-\\x7e]", "?"))
                .map(text -> text.length() > SHOWN_LENGTH_MAX ? text.substring(0, SHOWN_LENGTH_MAX) + "…" : text)
                .toList();
    }

    /** DNS has spoken, not the person: the change is made with the right to set what operators set. */
    private void prove(PortalCall call, DomainClaim claim) {
        var verdict = new Editor.Call(new Admin(call.editing().admin().name(), Admin.Permission.FULL,
                Optional.empty()), call.issuer(), call.request().clientAddress(), call.request().traceId());
        database.inTransaction(call.deadline(), transaction -> {
            var current = kinds.domains().rows().find(transaction.handle(), call.scope(), claim.name())
                    .orElseThrow(PortalRefusal::notFound);
            return editor.patch(transaction, kinds.domains(), verdict, current,
                    JsonNodeFactory.instance.objectNode().put("verified", true));
        });
    }

    private static Reply to(PortalCall call, Optional<Setup> setup, String done) {
        var issuer = call.request().issuer();
        return Reply.seeOther(setup
                .map(known -> PortalPaths.step(issuer, known.connection().id(), Step.DOMAIN, done))
                .orElseGet(() -> PortalPaths.domains(issuer) + "?done=" + done));
    }

    private Reply again(PortalCall call, Optional<Setup> setup, Screen.Trouble trouble, String typed) {
        return desk.showAgain(call, screen(call, setup, Optional.of(trouble), typed, Map.of()), setup, Step.DOMAIN);
    }

    private Reply shown(PortalCall call, Optional<Setup> setup, Map<String, Screen.Domains.Asked> asked) {
        return desk.show(200, call, screen(call, setup, Optional.empty(), "", asked), setup,
                Optional.of(Step.DOMAIN));
    }

    private Screen screen(PortalCall call, Optional<Setup> setup, Optional<Screen.Trouble> trouble, String typed,
            Map<String, Screen.Domains.Asked> asked) {
        var issuer = call.request().issuer();
        var claims = setups.domains(call).stream().map(claim -> new Screen.Domains.Claim(claim.name(),
                claim.verified(), LABEL + "." + claim.name(), LABEL, PREFIX + claim.challenge(),
                Optional.ofNullable(asked.get(claim.name())))).toList();
        return new Screen.Domains(setup.map(known -> PortalPaths.step(issuer, known.connection().id(), Step.DOMAIN))
                .orElseGet(() -> PortalPaths.domains(issuer)), claims, trouble, typed, setup.isPresent());
    }
}
