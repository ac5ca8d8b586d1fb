package dev.sluice.common.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What a logger and those below it say while it is open, in any thread: warnings and worse, kept from the console. */
public final class LogCapture implements AutoCloseable {

    private final Logger logger;
    private final boolean additive;
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                events.add(event);
            }
        }
    };

    private LogCapture(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        additive = logger.isAdditive();
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    public static LogCapture of(Class<?> logging) {
        return new LogCapture(logging.getName());
    }

    /** Of all loggers of a package, or of several: {@code reactor}. */
    public static LogCapture of(String name) {
        return new LogCapture(name);
    }

    public List<String> messages() {
        return messages(event -> true);
    }

    /** Those that came with an exception. */
    public List<String> messagesWithStackTrace() {
        return messages(event -> event.getThrowableProxy() != null);
    }

    private List<String> messages(Predicate<ILoggingEvent> which) {
        return events.stream()
                .filter(which)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(additive);
        appender.stop();
    }
}
