package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Webhooks;
import gatehouse.idp.events.Webhook;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.sql.events.SqlDeliveries.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What webhooks can beyond the usual: deliveries looked at and sent again, a test, another secret. */
final class WebhookOperations {

    private static final long OVERLAP_SECONDS_MAX = 30L * 86_400;
    private static final long OVERLAP_SECONDS_DEFAULT = 86_400;

    /** A delivery. */
    record DeliveryView(
            @Described(value = "Its id.", max = Long.MAX_VALUE) long id,
            @Described("The event's id: webhook-id of every attempt.") String message,
            @Described("Type of the event.") String type,
            @Described("The organization it concerns.") Optional<String> organization,
            @Described(value = "When it happened.", format = "date-time") Instant at,
            @Described("waiting or delivered.") String state,
            @Described("Attempts so far.") int attempts,
            @Described(value = "The last attempt.", format = "date-time") Optional<Instant> attemptedAt,
            @Described("Status of the last answer.") Optional<Integer> lastStatus,
            @Described("Why the last attempt failed.") Optional<String> lastProblem,
            @Described(value = "The next attempt, at the earliest.", format = "date-time") Optional<Instant> nextAt,
            @Described(value = "When it arrived.", format = "date-time") Optional<Instant> deliveredAt,
            @Described(value = "The body, as it is sent.", max = 65_536) String body) {

        static DeliveryView of(Seen seen) {
            return new DeliveryView(seen.id(), seen.message(), seen.type(), seen.organization(), seen.at(),
                    seen.waiting() ? "waiting" : "delivered", seen.attempts(), seen.attemptedAt(),
                    seen.lastStatus().isPresent() ? Optional.of(seen.lastStatus().getAsInt()) : Optional.empty(),
                    seen.lastProblem(), seen.nextAt(), seen.deliveredAt(), seen.body());
        }
    }

    /** Which delivery is meant. */
    record Choice(@Described(value = "id of a delivery of this webhook.", min = 1, max = Long.MAX_VALUE) long delivery) {}

    static final ResourceSchema CHOICE = ResourceSchema.of(
            "webhook_redelivery", JsonNodeFactory.instance.objectNode(), List.of(Choice.class));

    private final Webhooks webhooks;
    private final SqlDeliveries deliveries;
    private final Editor editor;
    private final Database database;
    private final Paging paging;
    private final InstantSource clock;

    WebhookOperations(Webhooks webhooks, SqlDeliveries deliveries, Editor editor, Database database, Paging paging,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.editor = editor;
        this.database = database;
        this.paging = paging;
        this.clock = clock;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/webhooks/{id}/deliveries", "list_webhook_deliveries", "webhooks",
                        "Lists deliveries of the last 30 days, newest first, with attempts and the last answer.",
                        Need.READ, "webhook_delivery_page", this::list)
                        .with(Operation.LIMIT, Operation.PAGE_TOKEN),
                Operation.act("POST", "/webhooks/{id}/redeliver", "redeliver_webhook", "webhooks",
                        "Sends an event again, with the same webhook-id, after what waits.", Need.CHANGE,
                        this::redeliver).taking("webhook_redelivery"),
                Operation.act("POST", "/webhooks/{id}/test", "test_webhook", "webhooks",
                        "Sends a webhook.test event, whatever types the webhook wants.", Need.CHANGE, this::test),
                Operation.get("/webhooks/{id}/secret", "rotate_webhook_secret", "webhooks",
                        "Makes a new secret and shows it this once; deliveries are signed with the old one too for a"
                                + " while.",
                        Need.CHANGE, "webhook", this::rotate).as("POST")
                        .with(new Operation.Parameter("overlap_seconds", "integer",
                                "How long the old secret goes on signing; a day if absent, 30 days at most.")));
    }

    private Webhook webhook(Handle sql, AdminCall call) {
        return webhooks.rows().find(sql, call.scope(), call.request().pathParameter("id"))
                .orElseThrow(ProblemError::notFound);
    }

    private Reply list(AdminCall call) {
        var before = paging.after(call).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
        var seen = database.read(call.deadline(), sql ->
                deliveries.page(sql, webhook(sql, call), before, Paging.limit(call) + 1));
        return ResourceOperations.json(200, paging.page(call, seen,
                one -> RecordJson.write(DeliveryView.of(one)), one -> Long.toString(one.id())));
    }

    private Reply redeliver(AdminCall call) {
        database.read(call.deadline(), sql -> webhook(sql, call)); // not found, whatever was sent
        var choice = call.body(List.of());
        CHOICE.validate(choice);
        boolean sent = database.inTransaction(call.deadline(), transaction -> deliveries.redeliver(
                transaction.handle(), webhook(transaction.handle(), call), choice.path("delivery").asLong(),
                clock.instant()));
        if (!sent) {
            throw ProblemError.notFound();
        }
        return Reply.empty(204);
    }

    private Reply test(AdminCall call) {
        boolean sent = database.inTransaction(call.deadline(), transaction -> deliveries.test(
                transaction.handle(), webhook(transaction.handle(), call), clock.instant()));
        if (!sent) {
            throw ProblemError.invalidRequest("The webhook is switched off.");
        }
        return Reply.empty(204);
    }

    private Reply rotate(AdminCall call) {
        var overlap = SpecialOperations.overlap(call, OVERLAP_SECONDS_DEFAULT, OVERLAP_SECONDS_MAX);
        var edited = database.inTransaction(call.deadline(), transaction -> {
            var current = webhook(transaction.handle(), call);
            ETag.requireIfSent(call.request(), current.version());
            return editor.rotateSecret(transaction, webhooks, call.editing(), webhooks.rotated(current, overlap));
        });
        var shown = webhooks.shown(edited.value());
        edited.revealed().forEach(shown::put);
        return ResourceOperations.json(200, shown).with("ETag", ETag.of(edited.value().version()));
    }
}
