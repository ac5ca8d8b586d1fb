package dev.sluice.frontend.rpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells gRPC of a later deadline than a call has. At its deadline a query that has no answer ends by itself, as expired; gRPC would reset the
 * call at the same moment, without a status, and a caller whose own clock is a little behind would read that it was cancelled. So gRPC ends
 * only what nobody has ended: streams that go on though their caller has not left.
 *
 * <p>This works since gRPC makes the tracers of a call before it reads its headers.
 */
public final class CallDeadlines extends ServerStreamTracer.Factory {

    /** How much later. */
    static final Duration SLACK = Duration.ofSeconds(2);

    static final Metadata.Key<String> TIMEOUT = Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,8})([numSMH])");
    private static final long MOST_DIGITS = 99_999_999;
    private static final Context.Key<Deadline> KEY = Context.key("sluice-deadline");
    private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

    /** Of the call that the current thread serves; null where it has none. */
    static @Nullable Deadline current() {
        return KEY.get();
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        String timeout = headers.get(TIMEOUT);
        Matcher parts = timeout == null ? null : SYNTAX.matcher(timeout);
        // What is no timeout gRPC refuses.
        if (parts == null || !parts.matches()) {
            return NOTHING;
        }
        long value = Long.parseLong(parts.group(1));
        TimeUnit unit = unit(parts.group(2).charAt(0));
        headers.discardAll(TIMEOUT);
        headers.put(TIMEOUT, later(unit.toMillis(value)));
        return new Of(Deadline.after(value, unit));
    }

    private static TimeUnit unit(char letter) {
        return switch (letter) {
            case 'n' -> TimeUnit.NANOSECONDS;
            case 'u' -> TimeUnit.MICROSECONDS;
            case 'm' -> TimeUnit.MILLISECONDS;
            case 'S' -> TimeUnit.SECONDS;
            case 'M' -> TimeUnit.MINUTES;
            default -> TimeUnit.HOURS;
        };
    }

    private static String later(long millis) {
        long all = millis + SLACK.toMillis();
        return all <= MOST_DIGITS ? all + "m" : Math.min(all / 1000 + 1, MOST_DIGITS) + "S";
    }

    private static final class Of extends ServerStreamTracer {

        private final Deadline deadline;

        Of(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public Context filterContext(Context context) {
            return context.withValue(KEY, deadline);
        }
    }
}
