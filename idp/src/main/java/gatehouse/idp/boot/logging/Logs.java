package gatehouse.idp.boot.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up logging, once, before anything logs. */
public final class Logs {

    private Logs() {}

    /**
     * Log lines of {@code level} and above go to standard output.
     *
     * @param format {@code json} or {@code text}
     * @param level  {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     */
    public static void setUp(String format, String level) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder(format, context));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("gatehouse").setLevel(Level.toLevel(level));
        context.getLogger("audit").setLevel(Level.toLevel(level));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static Encoder<ILoggingEvent> encoder(String format, LoggerContext context) {
        if (format.equals("json")) {
            var lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            return lines;
        }
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("trace", TraceWord::new);
        layout.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{20}%trace %msg%n");
        layout.start();
        var text = new LayoutWrappingEncoder<ILoggingEvent>();
        text.setContext(context);
        text.setLayout(layout);
        text.start();
        return text;
    }
}
