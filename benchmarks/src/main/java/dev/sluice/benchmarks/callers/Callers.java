package dev.sluice.benchmarks.callers;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.PoissonArrivals;
import dev.sluice.benchmarks.load.QueryBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An open loop of queries with a number each to an actor that adds one: they leave at moments that are drawn beforehand, over the
 * frontends in turn. Whose connection breaks turns to the next frontend, as a client of an idempotent actor does, until its SLO has
 * passed. Bounded in queries under way.
 */
public final class Callers implements AutoCloseable {

    private static final int MOST_IN_FLIGHT = 2_000;
    private static final int THREADS = 2;
    private static final int EXCERPT = 200;
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BEFORE_TURNING = Duration.ofMillis(50);

    /** Every frontend ends a query at its SLO; one that says nothing for so much longer never will. */
    private static final Duration BEYOND_SLO = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Callers::daemon);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
    private final List<URI> urls;
    private final List<Integer> slos;
    private final Arrivals arrivals;
    private final Thread thread = daemon(this::send);
    private final AtomicLong sent = new AtomicLong();
    /** Counted beside, since the queue walks through all that it has to tell its size. */
    private final AtomicLong done = new AtomicLong();

    private final AtomicLong answered = new AtomicLong();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private volatile boolean closed;

    private Callers(List<URI> urls, List<Integer> slos, Arrivals arrivals) {
        this.urls = List.copyOf(urls);
        this.slos = List.copyOf(slos);
        this.arrivals = arrivals;
    }

    /**
     * @param urls of the actor, one at each frontend
     * @param slos in milliseconds, given to the queries in turn
     */
    public static Callers start(List<URI> urls, List<Integer> slos, double perSecond, long seed) {
        return start(urls, slos, new PoissonArrivals(new SplittableRandom(seed), perSecond, System.nanoTime()));
    }

    static Callers start(List<URI> urls, List<Integer> slos, Arrivals arrivals) {
        Callers callers = new Callers(urls, slos, arrivals);
        callers.thread.start();
        return callers;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "callers");
        thread.setDaemon(true);
        return thread;
    }

    private void send() {
        while (!stopped) {
            long now = System.nanoTime();
            // What is due while too many are under way leaves late, and its time counts from when it was meant to
            // leave.
            while (!stopped && arrivals.due(now) && sent.get() - done.get() < MOST_IN_FLIGHT) {
                long number = sent.getAndIncrement();
                new Query(number, slos.get((int) (number % slos.size())), arrivals.take(now)).ask();
            }
            LockSupport.parkNanos(Math.max(1, Math.min(arrivals.untilDue(System.nanoTime()), LONGEST_SLEEP_NANOS)));
        }
    }

    /** How many have their answer so far. */
    public long answered() {
        return answered.get();
    }

    /** Sends no more, waits for what is on its way, and tells what became of all. */
    public Account end() throws IOException {
        stopped = true;
        long last = System.nanoTime()
                + BEYOND_SLO
                        .plusMillis(2L * slos.stream().max(Integer::compare).orElse(0))
                        .toNanos();
        try {
            thread.join();
            while (done.get() < sent.get() && System.nanoTime() - last < 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new Account(sent.get(), List.copyOf(ended));
    }

    @Override
    public void close() {
        stopped = true;
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    /** One query, at one frontend after the other. */
    private final class Query {

        private final long number;
        private final int sloMillis;
        private final long at;
        private int turns;

        Query(long number, int sloMillis, long at) {
            this.number = number;
            this.sloMillis = sloMillis;
            this.at = at;
        }

        void ask() {
            URI url = urls.get((int) ((number + turns) % urls.size()));
            String body = QueryBody.SLUICE
                    .template()
                    .replace("\"input\":1", "\"input\":" + number)
                    .replace("{slo_ms}", Integer.toString(sloMillis));
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("Content-Type", "application/json")
                    .timeout(BEYOND_SLO.plusMillis(sloMillis))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete(this::replied);
        }

        private void replied(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
            if (response != null) {
                String body = response.body();
                end(
                        End.of(response.statusCode(), body, number + 1),
                        response.statusCode() + " " + body.substring(0, Math.min(EXCERPT, body.length())));
                return;
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean silent = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
            if (closed || silent || millis() > sloMillis) {
                end(silent ? End.LOST : End.GIVEN_UP, "no reply: " + cause);
                return;
            }
            turns++;
            Executor later =
                    CompletableFuture.delayedExecutor(BEFORE_TURNING.toMillis(), TimeUnit.MILLISECONDS, threads);
            later.execute(this::ask);
        }

        private double millis() {
            return (System.nanoTime() - at) / 1e6;
        }

        private void end(End end, String words) {
            ended.add(new Ended(at, sloMillis, end, millis(), turns, end == End.ANSWERED ? "" : words));
            if (end == End.ANSWERED) {
                answered.incrementAndGet();
            }
            done.incrementAndGet();
        }
    }
}
