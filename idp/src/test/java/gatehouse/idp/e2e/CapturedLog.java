package gatehouse.idp.e2e;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import gatehouse.idp.slo.StageLedger;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, ours at the finest level, as lines with the request's trace id. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final List<String> OURS = List.of("gatehouse", "audit");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);

    static CapturedLog open() {
        var log = new CapturedLog();
        log.setContext(log.loggers);
        log.start();
        log.root.addAppender(log);
        OURS.forEach(name -> log.loggers.getLogger(name).setLevel(Level.TRACE));
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var traceId = StageLedger.CURRENT.isBound() ? StageLedger.CURRENT.get().traceId() : "";
        lines.add(traceId + ' ' + event.getLevel() + ' ' + event.getLoggerName() + ' ' + event.getFormattedMessage()
                + ' '
                + Arrays.toString(event.getArgumentArray()) + ' ' + event.getKeyValuePairs() + ' '
                        + event.getMDCPropertyMap()
                + (event.getThrowableProxy() == null ? "" : '\n'
                        + ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        OURS.forEach(name -> loggers.getLogger(name).setLevel(null));
        stop();
    }
}
