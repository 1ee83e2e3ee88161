package gatehouse.idp.boot.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import gatehouse.idp.slo.StageLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes an event as one line of JSON: {@code time}, {@code level}, {@code logger}, {@code message}, the request's
 * {@code trace_id} if there is one, and {@code stack}. Encodes on the logging thread, where the request is known.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new ByteArrayOutputStream(256);
        try (var writer = json.createGenerator(line)) {
            writer.writeStartObject();
            writer.writeStringField("time", event.getInstant().toString());
            writer.writeStringField("level", event.getLevel().levelStr.toLowerCase(java.util.Locale.ROOT));
            writer.writeStringField("logger", event.getLoggerName());
            writer.writeStringField("message", event.getFormattedMessage());
            if (StageLedger.CURRENT.isBound()) {
                writer.writeStringField("trace_id", StageLedger.CURRENT.get().traceId());
            }
            if (event.getKeyValuePairs() != null) {
                for (var pair : event.getKeyValuePairs()) {
                    writer.writeStringField(pair.key, String.valueOf(pair.value));
                }
            }
            if (event.getThrowableProxy() != null) {
                writer.writeStringField("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            writer.writeEndObject();
            writer.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.toByteArray();
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
