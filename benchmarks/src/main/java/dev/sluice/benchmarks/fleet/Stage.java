package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.load.Arrivals;
import dev.sluice.benchmarks.load.QueryBody;
import dev.sluice.benchmarks.report.Bar;
import dev.sluice.benchmarks.schedule.ArrivalProcess;
import dev.sluice.cli.platform.PlatformException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An actor that serves under load, what is done to it, and what is seen of it. */
final class Stage implements AutoCloseable {

    /** Between looks where moments are to be told. */
    static final Duration CLOSELY = Duration.ofMillis(50);

    /** Between looks at what takes minutes. */
    static final Duration NOW_AND_THEN = Duration.ofMillis(200);

    /** What queries ask for where the fleet is the same in size all the time: whether they are answered is what counts. */
    static final int LOOSE_MILLIS = 5_000;

    /** What they ask for where the autoscaler has to see to it. */
    static final int TIGHT_MILLIS = 1_000;

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final long SEED = 20;

    private final FleetSite site;
    private final String actor;
    private final Timebase time;
    private final Traffic traffic;
    private final Watch watch;
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<Bar> bars = new ArrayList<>();

    private Stage(FleetSite site, String actor, Timebase time, Traffic traffic, Watch watch) {
        this.site = site;
        this.actor = actor;
        this.time = time;
        this.traffic = traffic;
        this.watch = watch;
    }

    /**
     * Deploys an actor, and begins to call it once it serves.
     *
     * @param goal what is put, JSON
     * @param looks how long between them
     * @param sloMillis of every query
     * @param arrivals given their 0
     */
    static Stage open(
            FleetSite site, String actor, String goal, Duration looks, int sloMillis, Function<Long, Arrivals> arrivals)
            throws IOException {
        site.control().send("PUT", "actors/" + actor, goal);
        try (Watch first = new Watch(actor, site.routers(), Timebase.now(), CLOSELY)) {
            if (first.await(READY, Sample::isAtRest).isEmpty()) {
                throw new PlatformException(actor + " was not ready within " + READY.toSeconds()
                        + " s of being deployed: see the logs in .sluice/bench-fleet*/logs.");
            }
        }
        awaitAnswer(site, actor);
        Timebase time = Timebase.now();
        Traffic traffic = Traffic.start(site.url(actor), sloMillis, arrivals.apply(time.nanos()), time);
        return new Stage(site, actor, time, traffic, new Watch(actor, site.routers(), time, looks));
    }

    /** Likewise, with queries at a steady rate that are in no hurry. */
    static Stage open(FleetSite site, String actor, String goal, double perSecond) throws IOException {
        return open(
                site,
                actor,
                goal,
                CLOSELY,
                LOOSE_MILLIS,
                arrivals(ArrivalProcess.POISSON.start(perSecond / 1e9, random())));
    }

    static Function<Long, Arrivals> arrivals(ArrivalProcess process) {
        return start -> new ProcessArrivals(process, start);
    }

    static SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    /** Frontends hear of an actor a moment after its replicas are ready. */
    private static void awaitAnswer(FleetSite site, String actor) throws IOException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest query = HttpRequest.newBuilder(site.url(actor))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        QueryBody.SLUICE.template().replace("{slo_ms}", Integer.toString(LOOSE_MILLIS))))
                .build();
        long end = System.nanoTime() + READY.toNanos();
        String last = "";
        while (System.nanoTime() - end < 0) {
            try {
                HttpResponse<String> response = client.send(query, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = "status " + response.statusCode() + ": " + response.body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            pause(GLANCE);
        }
        throw new PlatformException(actor + " is ready, and the frontend does not answer its calls: " + last);
    }

    static void pause(Duration length) {
        try {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The bench was interrupted.");
        }
    }

    FleetSite site() {
        return site;
    }

    double now() {
        return time.passed();
    }

    /**
     * Asks something of the actor.
     *
     * @param path below it
     * @return when, in seconds from the start
     */
    double ask(String method, String path, @Nullable String body) throws IOException {
        double at = now();
        site.control().send(method, "actors/" + actor + path, body);
        return at;
    }

    Optional<Sample> await(Duration most, Predicate<Sample> asTold) {
        return watch.await(most, asTold);
    }

    /** The next look. */
    Sample look() {
        return await(READY, any -> true)
                .orElseThrow(() -> new PlatformException("No router tells how " + actor + " stands."));
    }

    List<Happened> events() throws IOException {
        return watch.events();
    }

    List<Sample> samples() {
        return watch.samples();
    }

    void mark(double at, String label) {
        marks.add(new Mark(at, label));
    }

    void figure(String name, Object value) {
        figures.put(name, value);
    }

    void bar(Bar bar) {
        bars.add(bar);
    }

    /** Ends the load, and waits for what is on its way. */
    Flow endTraffic() throws IOException {
        return traffic.end();
    }

    /** @param flow what {@link #endTraffic} gave */
    Story story(String name, Flow flow) throws IOException {
        List<Mark> inOrder = marks.stream()
                .sorted((one, other) -> Double.compare(one.at(), other.at()))
                .toList();
        return new Story(name, flow, samples(), events(), inOrder, figures, bars);
    }

    /** Ends the load, and undeploys the actor. */
    @Override
    public void close() throws IOException {
        traffic.close();
        watch.close();
        site.control().send("DELETE", "actors/" + actor, null);
    }
}
