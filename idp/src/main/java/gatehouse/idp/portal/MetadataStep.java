package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Reply;
import gatehouse.idp.portal.Fetching.Troubled;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.upstream.template.Question;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Their side: what the identity provider says about itself. A connection that is being set up takes it at once; of one
 * that people use, what would change is shown first, and nothing changes before somebody says so.
 */
final class MetadataStep {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TYPED_MAX = 2_048;

    private final Setups setups;
    private final Desk desk;
    private final ProviderReading reading;
    private final KnownProvider known;
    private final InstantSource clock;

    MetadataStep(Setups setups, Desk desk, ProviderReading reading, KnownProvider known, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.reading = reading;
        this.known = known;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, setup, given(setup), Optional.empty()), setup, Step.METADATA);
    }

    Reply save(PortalCall call) {
        var setup = setups.require(call);
        return switch (call.field("action", 20).orElse("save")) {
            case "apply" -> apply(call, setup);
            case "discard" -> discard(call, setup);
            default -> read(call, setup);
        };
    }

    private Reply read(PortalCall call, Setup setup) {
        try {
            var read = reading.read(call, setup);
            if (States.isBeingSetUp(setup.connection())) {
                write(call, setup, read);
                return to(call, setup, "saved");
            }
            setups.advance(call, setup.connection().id(), NODES.objectNode().set("pending", pending(setup, read)));
            return to(call, setup, "");
        } catch (Troubled troubled) {
            return again(call, setup, troubled.trouble());
        } catch (InvalidDocument invalid) {
            return again(call, setup, trouble(invalid));
        }
    }

    private static ObjectNode pending(Setup setup, ProviderReading.Read read) {
        var pending = NODES.objectNode();
        pending.set("patch", withoutSecrets(read.patch()));
        pending.set("idp", read.idp());
        pending.put("version", setup.connection().version());
        return pending;
    }

    private static ObjectNode withoutSecrets(ObjectNode patch) {
        // A secret goes into the connection, sealed, or nowhere: of a live connection it is asked for again.
        var kept = patch.deepCopy();
        kept.remove("client_secret");
        return kept;
    }

    private Reply apply(PortalCall call, Setup setup) {
        if (!(setup.progress().get("pending") instanceof ObjectNode pending)
                || pending.path("version").asLong() != setup.connection().version()) {
            throw new PortalRefusal(PortalRefusal.Reason.CHANGED_MEANWHILE);
        }
        try {
            var patch = (ObjectNode) pending.get("patch");
            call.field("client_secret", TYPED_MAX).ifPresent(secret -> patch.put("client_secret", secret));
            write(call, setup, new ProviderReading.Read(patch, (ObjectNode) pending.get("idp")));
            return to(call, setup, "applied");
        } catch (InvalidDocument invalid) {
            return again(call, setup, trouble(invalid));
        }
    }

    private Reply discard(PortalCall call, Setup setup) {
        setups.advance(call, setup.connection().id(), NODES.objectNode().putNull("pending"));
        return to(call, setup, "discarded");
    }

    private void write(PortalCall call, Setup setup, ProviderReading.Read read) {
        var patch = NODES.objectNode();
        patch.set("settings", read.patch());
        var changes = NODES.objectNode().putNull("pending");
        changes.set("idp", read.idp());
        setups.change(call, setup, patch, changes);
    }

    private static Screen.Trouble trouble(InvalidDocument invalid) {
        var first = invalid.problems().getFirst();
        return new Screen.Trouble("setting_invalid", first.field().replaceFirst("^/settings/", ""),
                Optional.of(first.problem()));
    }

    private Reply again(PortalCall call, Setup setup, Screen.Trouble trouble) {
        var typed = new HashMap<String, String>();
        call.form().names().stream().filter(name -> !name.equals("csrf") && !name.equals("client_secret"))
                .forEach(name -> call.form().optional(name).ifPresent(value -> typed.put(name, value)));
        return desk.showAgain(call, screen(call, setup, typed, Optional.of(trouble)), Optional.of(setup),
                Step.METADATA);
    }

    private static Reply to(PortalCall call, Setup setup, String done) {
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        return Reply.seeOther(done.isEmpty() ? PortalPaths.step(issuer, id, Step.METADATA)
                : PortalPaths.step(issuer, id, Step.METADATA, done));
    }

    private static Map<String, String> given(Setup setup) {
        if (!setup.connection().type().equals("saml")) {
            return OidcQuestions.given(setup);
        }
        var given = new HashMap<String, String>();
        setup.connection().settings().properties().stream()
                .filter(entry -> entry.getValue().isTextual() && !entry.getKey().equals("metadata_xml"))
                .forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
        return given;
    }

    private Screen screen(PortalCall call, Setup setup, Map<String, String> given, Optional<Screen.Trouble> trouble) {
        var template = setup.template();
        var guide = setup.guide();
        var settings = setup.connection().settings();
        var source = Optional.ofNullable(settings.get("metadata_url")).map(url -> url.asText());
        var idp = known.of(call, setup);
        var summary = setup.isConfigured() ? Optional.of(Summaries.of(idp, source, clock.instant()))
                : Optional.<Screen.Summary>empty();
        var pending = setup.progress().get("pending") instanceof ObjectNode waiting
                ? Optional.of(Summaries.pending(idp, (ObjectNode) waiting.get("idp")))
                : Optional.<Screen.Pending>empty();
        return new Screen.Metadata(
                PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.METADATA),
                template.id(), template.displayName(), setup.connection().type(), guide.theirsPath(), guide.theirs(),
                setup.way().questions().stream().filter(question -> question.name().equals("metadata_url"))
                        .map(Question::example).findFirst(),
                setup.connection().type().equals("saml") ? Optional.empty()
                        : Optional.of(OidcQuestions.asked(call, setup, given)),
                given, trouble, summary, pending,
                !States.isBeingSetUp(setup.connection()));
    }
}
