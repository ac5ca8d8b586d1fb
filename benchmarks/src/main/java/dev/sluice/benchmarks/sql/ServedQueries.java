package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.load.LoadGenerator;
import dev.sluice.benchmarks.load.LoadPlan;
import dev.sluice.benchmarks.load.LoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks an actor for as many keys as a run has queries, each over connections of its own, and checks every answer. */
final class ServedQueries {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 200;
    private static final int OK = 200;

    private final SqlPlan plan;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final HttpRequest first;

    ServedQueries(URI url, SqlPlan plan, Map<Long, String> answers) {
        this.plan = plan;
        answers.forEach((key, answer) -> exchanges.add(exchange(url, body(key), answer)));
        first = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        body(answers.keySet().iterator().next())))
                .build();
    }

    private static String body(long key) {
        return "{\"input\": {\"k\": " + key + "}}";
    }

    private Exchange exchange(URI url, String body, String answer) {
        String request = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nSluice-Slo-Ms: "
                + plan.slo().toMillis() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return new Exchange(
                new InetSocketAddress(url.getHost(), url.getPort()),
                request.getBytes(StandardCharsets.US_ASCII),
                (reply, from, length) -> new String(reply, from, length, StandardCharsets.UTF_8).contains(answer));
    }

    /** Waits until the actor answers, which takes as long as starting it does. */
    void await() throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> reply = client.send(first, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() == OK) {
                return;
            }
            if (System.nanoTime() - end >= 0) {
                throw new IOException(first.uri() + " answers " + reply.statusCode() + ": " + reply.body());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /**
     * Right answers per second.
     *
     * @throws IOException where one was wrong, or not there within its SLO
     */
    double answersPerSecond() throws IOException, InterruptedException {
        LoadPlan load = new LoadPlan(plan.outstanding() / exchanges.size(), plan.leadIn(), plan.measured());
        ExecutorService threads = Executors.newFixedThreadPool(exchanges.size());
        try {
            List<Future<LoadResult>> results = new ArrayList<>();
            for (Exchange exchange : exchanges) {
                results.add(
                        threads.submit(() -> new LoadGenerator(PATIENCE).run(exchange, load, Arrivals.closedLoop())));
            }
            double rate = 0;
            for (Future<LoadResult> result : results) {
                rate += right(result.get()).requestsPerSecond();
            }
            return rate;
        } catch (ExecutionException e) {
            throw new IOException(first.uri() + " could not be asked: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    private LoadResult right(LoadResult result) throws IOException {
        if (!result.faults().none()) {
            throw new IOException("%d replies of %s went wrong. The first: %s"
                    .formatted(
                            result.faults().total(),
                            first.uri(),
                            result.faults().first()));
        }
        return result;
    }
}
