package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run of one load. Not thread-safe: the thread that calls {@link #run} does everything. */
final class LoadLoop implements AutoCloseable {

    /** The longest sleep: bounds how late a run notices its end. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Exchange exchange;
    private final LoadPlan plan;
    private final Arrivals arrivals;
    private final Selector selector;
    private final Consumer<SelectionKey> onReady = this::ready;
    private final ByteBuffer request;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
    private final ReplyParser parser = new ReplyParser();
    private final FaultTally faults = new FaultTally();
    private final Measurement measurement;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    private int opensLeft;
    private int open;
    private long outstanding;
    private long sent;
    private boolean sending = true;

    LoadLoop(Exchange exchange, LoadPlan plan, Arrivals arrivals) throws IOException {
        this.exchange = exchange;
        this.plan = plan;
        this.arrivals = arrivals;
        this.selector = Selector.open();
        this.request = ByteBuffer.allocateDirect(exchange.request().length)
                .put(exchange.request())
                .flip();
        this.measurement =
                new Measurement(plan.leadIn().toNanos(), plan.measured().toNanos());
        // A server that drops connections gets new ones, but not for ever.
        this.opensLeft = 4 * plan.connections();
    }

    LoadResult run(Duration patience) throws IOException {
        for (int i = 0; i < plan.connections(); i++) {
            connect();
        }
        measurement.start(System.nanoTime());
        while (measurement.advance(System.nanoTime()) && open > 0 && (sent < plan.maxRequests() || outstanding > 0)) {
            pump();
            sleep(arrivals.untilDue(System.nanoTime()));
        }
        measurement.stop(System.nanoTime());
        drain(patience.toNanos());
        return measurement.result(faults.total());
    }

    @Override
    public void close() throws IOException {
        selector.keys().forEach(key -> connectionOf(key).close());
        selector.close();
    }

    /** Sends all that is due and has a connection. */
    private void pump() {
        while (sending && !idle.isEmpty() && sent < plan.maxRequests()) {
            long now = System.nanoTime();
            if (!arrivals.due(now)) {
                return;
            }
            send(idle.poll(), arrivals.take(now));
        }
    }

    private void send(Connection connection, long intended) {
        sent++;
        outstanding++;
        try {
            connection.send(intended);
        } catch (IOException e) {
            lost(connection, e.toString());
        }
    }

    private void sleep(long untilDue) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(untilDue, LONGEST_SLEEP_NANOS));
        if (millis == 0) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, millis);
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            // Closed by what an earlier event of this same pass led to.
            return;
        }
        Connection connection = connectionOf(key);
        try {
            if (key.isWritable()) {
                connection.writeRest();
            }
            if (key.isReadable()) {
                boolean more = connection.read(scratch);
                take(connection);
                if (!more && connection.key().isValid()) {
                    lost(connection, "closed by the server");
                }
            }
        } catch (IOException e) {
            lost(connection, e.toString());
        }
    }

    private void take(Connection connection) {
        if (connection.length() == 0) {
            return;
        }
        int length = parser.parse(connection.received(), connection.length());
        if (length == ReplyParser.INCOMPLETE && connection.outstanding()) {
            return;
        }
        if (length != connection.length() || !connection.outstanding()) {
            // Includes what comes unasked and what comes twice.
            faults.malformed(connection.received(), connection.length());
            replace(connection);
            return;
        }
        check(connection, length);
        outstanding--;
        connection.answered();
        idle.add(connection);
        pump();
    }

    private void check(Connection connection, int length) {
        byte[] reply = connection.received();
        int from = parser.bodyStart();
        if (parser.status() != 200) {
            faults.status(parser.status(), reply, length);
        } else if (!exchange.check().isRight(reply, from, parser.bodyLength())) {
            faults.body(reply, length);
        } else {
            measurement.answered(System.nanoTime(), connection.sentAt());
        }
    }

    private void lost(Connection connection, String why) {
        // A server may close an idle connection; that costs a new one, and no request.
        if (connection.outstanding()) {
            faults.dropped(why);
        }
        replace(connection);
    }

    private void replace(Connection connection) {
        if (connection.outstanding()) {
            outstanding--;
        }
        idle.remove(connection);
        connection.close();
        open--;
        if (sending) {
            connect();
        }
    }

    private void connect() {
        if (opensLeft-- <= 0) {
            return;
        }
        try {
            idle.add(Connection.open(exchange.address(), selector, request));
            open++;
        } catch (IOException e) {
            faults.dropped(e.toString());
        }
    }

    private void drain(long patience) throws IOException {
        sending = false;
        long end = System.nanoTime() + patience;
        while (outstanding > 0 && end - System.nanoTime() > 0) {
            sleep(LONGEST_SLEEP_NANOS);
        }
        faults.unanswered(outstanding);
    }

    private static Connection connectionOf(SelectionKey key) {
        return (Connection) key.attachment();
    }
}
