package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.domain.DomainChallenge;
import gatehouse.idp.tenancy.domain.DomainFinding;
import gatehouse.spi.Unavailable;
import java.util.List;
import java.util.Optional;

/** Proof of domains: what to publish, and what DNS says at this moment. The same with and without a connection. */
final class DomainStep {

    private static final String SHORT = "_gatehouse-challenge";
    private static final int SHOWN_MAX = 10;

    private final Setups setups;
    private final Desk desk;
    private final DomainProofs proofs;
    private final Database database;
    private final Kinds kinds;
    private final Editor editor;

    DomainStep(PortalParts parts, Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
        this.proofs = parts.proofs();
        this.database = parts.database();
        this.kinds = parts.kinds();
        this.editor = parts.editor();
    }

    Reply show(PortalCall call) {
        return shown(call, Optional.empty());
    }

    Reply showOf(PortalCall call) {
        return shown(call, Optional.of(setups.require(call)));
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
            return again(call, setup, new Screen.Trouble(
                    invalid.problems().getFirst().problem().contains("public suffix") ? "domain_suffix"
                            : "domain_invalid", typed, Optional.empty()), typed);
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
        try {
            var checked = proofs.check(claimed(call), call.editing(), call.deadline());
            return to(call, setup, checked.claim().verified() ? "proved" : "looked");
        } catch (RowRefused refused) {
            return again(call, setup, new Screen.Trouble(refused.why() == RowRefused.Cause.DUPLICATE ? "domain_taken"
                    : "domain_busy", call.field("name", 253).orElse(""), Optional.empty()), "");
        } catch (Unavailable silent) {
            return again(call, setup, new Screen.Trouble("dns_silent", call.field("name", 253).orElse(""),
                    Optional.empty()), "");
        }
    }

    private static Reply to(PortalCall call, Optional<Setup> setup, String done) {
        var issuer = call.request().issuer();
        return Reply.seeOther(setup
                .map(known -> PortalPaths.step(issuer, known.connection().id(), Step.DOMAIN, done))
                .orElseGet(() -> PortalPaths.domains(issuer) + "?done=" + done));
    }

    private Reply again(PortalCall call, Optional<Setup> setup, Screen.Trouble trouble, String typed) {
        return desk.showAgain(call, screen(call, setup, Optional.of(trouble), typed), setup, Step.DOMAIN);
    }

    private Reply shown(PortalCall call, Optional<Setup> setup) {
        return desk.show(200, call, screen(call, setup, Optional.empty(), ""), setup, Optional.of(Step.DOMAIN));
    }

    private Screen screen(PortalCall call, Optional<Setup> setup, Optional<Screen.Trouble> trouble, String typed) {
        var issuer = call.request().issuer();
        var claims = setups.domains(call).stream().map(claim -> {
            var challenge = DomainChallenge.of(claim);
            return new Screen.Domains.Claim(claim.name(), claim.verified(), challenge.host(), SHORT, challenge.domain(),
                    challenge.text(), proofs.last(claim, call.deadline()).map(DomainStep::asked));
        }).toList();
        return new Screen.Domains(setup.map(known -> PortalPaths.step(issuer, known.connection().id(), Step.DOMAIN))
                .orElseGet(() -> PortalPaths.domains(issuer)), claims, trouble, typed, setup.isPresent());
    }

    private static Screen.Domains.Asked asked(DomainFinding finding) {
        var servers = finding.servers().stream().limit(SHOWN_MAX).map(seen -> new Screen.Domains.Server(seen.server(),
                seen.address(), bounded(seen.atHost()), bounded(seen.atDomain()), bounded(seen.atDoubled()),
                seen.problem())).toList();
        return new Screen.Domains.Asked(finding.verdict().toString(), finding.verdict().code(), Desk.when(finding.checkedAt()), servers);
    }

    private static List<String> bounded(List<String> texts) {
        return texts.stream().limit(SHOWN_MAX).toList();
    }
}
