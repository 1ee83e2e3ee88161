package gatehouse.idp.boot.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import gatehouse.idp.slo.StageLedger;

/** The trace id of the request that a line of text is about, in brackets; nothing for a line about no request. */
public final class TraceWord extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return StageLedger.CURRENT.isBound() ? " [" + StageLedger.CURRENT.get().traceId() + "]" : "";
    }
}
