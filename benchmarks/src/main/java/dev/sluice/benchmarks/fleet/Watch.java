package dev.sluice.benchmarks.fleet;

import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Looks at one actor again and again, through whichever router controls it. */
final class Watch implements AutoCloseable {

    private final String actor;
    private final Map<ServiceProcess, ControlApi> routers = new LinkedHashMap<>();
    private final Timebase time;
    private final Duration period;
    private final Thread thread = new Thread(this::look, "watch");
    private final List<Sample> samples = new ArrayList<>();
    private volatile boolean over;

    /** @param period between looks: nothing is known to be more exact than this */
    Watch(String actor, List<ServiceProcess> routers, Timebase time, Duration period) {
        this.actor = actor;
        routers.forEach(router -> this.routers.put(router, new ControlApi(router.url())));
        this.time = time;
        this.period = period;
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        long next = System.nanoTime();
        while (!over) {
            Optional<Sample> sample = Optional.empty();
            for (Map.Entry<ServiceProcess, ControlApi> router : routers.entrySet()) {
                if (sample.isEmpty() && router.getKey().alive()) {
                    sample = seenBy(router.getKey().name(), router.getValue());
                }
            }
            sample.ifPresent(this::add);
            next += period.toNanos();
            sleepUntil(next);
        }
    }

    /** Of one that does not control the actor, or was ended meanwhile, nothing. */
    private Optional<Sample> seenBy(String name, ControlApi router) {
        try {
            JsonNode seen = router.get("actors/" + actor);
            if (!seen.path("status").isObject()
                    || !seen.path("controller").asString("").equals(name)) {
                return Optional.empty();
            }
            JsonNode replicas = router.get("replicas");
            return Optional.of(Sample.of(time.passed(), seen, replicas));
        } catch (IOException | PlatformException nothingToSee) {
            return Optional.empty();
        }
    }

    private synchronized void add(Sample sample) {
        samples.add(sample);
        notifyAll();
    }

    private static void sleepUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first sample from now on that is as told; empty where none comes in time. */
    synchronized Optional<Sample> await(Duration most, Predicate<Sample> asTold) {
        int seen = samples.size();
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            for (; seen < samples.size(); seen++) {
                if (asTold.test(samples.get(seen))) {
                    return Optional.of(samples.get(seen));
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** What routers that live tell of the actor, the oldest first, since the start. */
    List<Happened> events() throws IOException {
        List<Happened> events = new ArrayList<>();
        for (Map.Entry<ServiceProcess, ControlApi> router : routers.entrySet()) {
            if (router.getKey().alive()) {
                router.getValue()
                        .get("events?actor=" + actor)
                        .path("events")
                        .forEach(event -> events.add(Happened.of(time, event)));
            }
        }
        return events.stream()
                .filter(event -> event.at() >= 0)
                .sorted(Comparator.comparingDouble(Happened::at))
                .toList();
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
