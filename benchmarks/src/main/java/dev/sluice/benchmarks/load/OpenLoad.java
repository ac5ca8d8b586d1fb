package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one HTTP/1.1 server at the moments that {@link Arrivals} draw, over as many kept-alive connections as are needed,
 * one request outstanding on each. A request for which there is no connection waits, and its latency counts from when it was meant
 * to leave. Everything happens on the calling thread; a run is bounded in time and in connections.
 */
public final class OpenLoad implements AutoCloseable {

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A selector sleeps for whole milliseconds; below this the thread looks again at once. */
    private static final long SHORTEST_SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final InetSocketAddress address;
    private final List<ByteBuffer> requests;
    private final int mostConnections;
    private final Selector selector;
    private final Consumer<SelectionKey> onReady = this::ready;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
    private final ReplyParser parser = new ReplyParser();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private int open;
    private int outstanding;
    private volatile boolean stopped;
    private Replies replies = new Nobody();

    /**
     * @param requests a whole request, head and body, for each kind
     * @param mostConnections above the greatest number of requests that can be outstanding at once
     * @throws IOException if no selector can be opened
     */
    public OpenLoad(InetSocketAddress address, List<byte[]> requests, int mostConnections) throws IOException {
        this.address = address;
        this.requests = requests.stream()
                .map(bytes -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
                .toList();
        this.mostConnections = mostConnections;
        this.selector = Selector.open();
    }

    /**
     * Sends for a time, then waits for what is outstanding.
     *
     * @param kinds the kind of the next request
     * @param patience how long to wait at the end; what has no reply then is lost
     */
    public void run(Arrivals arrivals, IntSupplier kinds, Duration time, Duration patience, Replies to)
            throws IOException {
        replies = to;
        ArrayDeque<Due> waiting = new ArrayDeque<>();
        long end = System.nanoTime() + time.toNanos();
        boolean over = false;
        while (!over) {
            long now = System.nanoTime();
            if (stopped && now - end < 0) {
                end = now;
            }
            over = now - end >= 0;
            // However late this thread is: all that was meant for the time of this run is offered.
            while (arrivals.due(over ? end : now)) {
                Due due = new Due(kinds.getAsInt(), arrivals.take(now));
                to.offered(due.kind, due.intended);
                waiting.add(due);
            }
            send(waiting);
            sleep(over ? 0 : Math.min(arrivals.untilDue(System.nanoTime()), LONGEST_SLEEP_NANOS));
        }
        long last = System.nanoTime() + patience.toNanos();
        while ((outstanding > 0 || !waiting.isEmpty()) && System.nanoTime() - last < 0) {
            send(waiting);
            sleep(LONGEST_SLEEP_NANOS);
        }
        waiting.forEach(due -> to.lost(due.kind, due.intended, "no connection was free"));
        for (SelectionKey key : List.copyOf(selector.keys())) {
            Connection connection = (Connection) key.attachment();
            // A selector keeps the keys of closed connections until it selects again; what those owed is counted
            // already.
            if (key.isValid() && connection.outstanding()) {
                lose(connection, "no reply came");
            }
        }
    }

    /** Ends the sending before its time; any thread may. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() throws IOException {
        selector.keys().forEach(key -> ((Connection) key.attachment()).close());
        selector.close();
    }

    private void send(ArrayDeque<Due> waiting) {
        while (!waiting.isEmpty()) {
            Connection connection = idle.poll();
            if (connection == null) {
                connection = connect(waiting);
            }
            if (connection == null) {
                return;
            }
            Due due = waiting.remove();
            outstanding++;
            try {
                connection.send(requests.get(due.kind), due.kind, due.intended);
            } catch (IOException e) {
                lose(connection, e.toString());
            }
        }
    }

    private @Nullable Connection connect(ArrayDeque<Due> waiting) {
        if (open >= mostConnections) {
            return null;
        }
        try {
            Connection connection = Connection.open(address, selector, requests.get(0));
            open++;
            return connection;
        } catch (IOException e) {
            Due due = waiting.remove();
            replies.lost(due.kind, due.intended, e.toString());
            return null;
        }
    }

    private void sleep(long nanos) throws IOException {
        if (nanos < SHORTEST_SLEEP_NANOS) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isWritable()) {
                connection.writeRest();
            }
            if (key.isReadable()) {
                boolean more = connection.read(scratch);
                take(connection);
                if (!more && key.isValid()) {
                    lose(connection, "closed by the server");
                }
            }
        } catch (IOException e) {
            lose(connection, e.toString());
        }
    }

    private void take(Connection connection) {
        int length = connection.length() == 0
                ? ReplyParser.INCOMPLETE
                : parser.parse(connection.received(), connection.length());
        if (length == ReplyParser.INCOMPLETE) {
            return;
        }
        if (length != connection.length() || !connection.outstanding()) {
            lose(connection, "not exactly one reply to one request");
            return;
        }
        outstanding--;
        replies.replied(
                connection.kind(),
                connection.sentAt(),
                System.nanoTime(),
                parser.status(),
                connection.received(),
                parser.bodyStart(),
                parser.bodyLength());
        connection.answered();
        idle.push(connection);
    }

    private void lose(Connection connection, String why) {
        if (connection.outstanding()) {
            outstanding--;
            replies.lost(connection.kind(), connection.sentAt(), why);
        }
        idle.remove(connection);
        connection.close();
        open--;
    }

    private record Due(int kind, long intended) {}

    private static final class Nobody implements Replies {

        @Override
        public void offered(int kind, long intended) {}

        @Override
        public void replied(int kind, long at, long now, int status, byte[] reply, int bodyStart, int bodyLength) {}

        @Override
        public void lost(int kind, long intended, String why) {}
    }
}
