package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.OpenLoad;
import dev.sluice.benchmarks.load.QueryBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An open load on a thread of its own, until somebody ends it. */
final class Traffic implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofMinutes(30);

    private final OpenLoad load;
    private final CompletableFuture<Flow> done = new CompletableFuture<>();

    private Traffic(OpenLoad load) {
        this.load = load;
    }

    static Traffic start(URI url, int sloMillis, Arrivals arrivals, Timebase time) throws IOException {
        OpenLoad load = new OpenLoad(
                new InetSocketAddress(url.getHost(), url.getPort()),
                List.of(QueryBody.SLUICE.request(url, sloMillis)),
                MOST_CONNECTIONS);
        Traffic traffic = new Traffic(load);
        Thread thread = new Thread(() -> traffic.run(arrivals, new Flow(time)), "traffic");
        thread.setDaemon(true);
        thread.start();
        return traffic;
    }

    private void run(Arrivals arrivals, Flow flow) {
        try {
            load.run(arrivals, () -> 0, MOST, PATIENCE, flow);
            done.complete(flow);
        } catch (IOException e) {
            done.completeExceptionally(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /** Ends it, waits for what is on its way, and tells what became of all. */
    Flow end() throws IOException {
        load.stop();
        try {
            return done.join();
        } catch (CompletionException e) {
            throw new IOException("The load broke off: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        load.stop();
        done.handle((flow, failure) -> flow).join();
        load.close();
    }
}
