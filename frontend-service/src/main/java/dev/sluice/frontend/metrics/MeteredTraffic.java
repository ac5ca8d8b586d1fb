package dev.sluice.frontend.metrics;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.frontend.page.OwnTraffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads back what is measured anyway: queries cost nothing more for this. What was counted of versions that are gone stays with their actor,
 * whose sums do not fall.
 */
public final class MeteredTraffic implements OwnTraffic {

    private static final double NANOS_PER_MILLI = 1e6;

    private static final String QUERIES = "sluice.queries";
    private static final String WITHIN_SLO = "sluice.queries.within.slo";
    private static final String DURATION = "sluice.query.duration";

    private final MeterRegistry meters;
    private final Map<String, ActorSums> gone = new TreeMap<>();

    public MeteredTraffic(MeterRegistry meters) {
        this.meters = meters;
        meters.config().onMeterRemoved(this::removed);
    }

    private synchronized void removed(Meter meter) {
        if (meter instanceof Counter queries && meter.getId().getName().equals(QUERIES)) {
            of(gone, queries).ended(tag(queries, "outcome"), queries.count());
        } else if (meter instanceof Counter good && meter.getId().getName().equals(WITHIN_SLO)) {
            of(gone, good).withinSlo += good.count();
        } else if (meter instanceof Timer duration && meter.getId().getName().equals(DURATION)) {
            of(gone, duration).took(duration.takeSnapshot());
        }
    }

    @Override
    public synchronized Sums now() {
        Map<String, ActorSums> actors = new TreeMap<>();
        for (Counter queries : meters.find(QUERIES).counters()) {
            of(actors, queries).ended(tag(queries, "outcome"), queries.count());
        }
        for (Counter good : meters.find(WITHIN_SLO).counters()) {
            of(actors, good).withinSlo += good.count();
        }
        List<Double> bounds = new ArrayList<>();
        for (Timer duration : meters.find(DURATION).timers()) {
            HistogramSnapshot durations = duration.takeSnapshot();
            if (bounds.isEmpty()) {
                for (CountAtBucket count : durations.histogramCounts()) {
                    bounds.add(count.bucket() / NANOS_PER_MILLI);
                }
            }
            of(actors, duration).took(durations);
        }
        // Of an actor that is gone altogether nothing is shown any more, and nothing kept.
        gone.keySet().retainAll(actors.keySet());
        gone.forEach((actor, sums) -> of(actors, actor).add(sums));
        Gauge inFlight = meters.find("sluice.link.inflight").gauge();
        return new Sums(
                inFlight == null ? 0 : (long) inFlight.value(),
                bounds,
                actors.entrySet().stream()
                        .map(each -> each.getValue().of(each.getKey()))
                        .toList());
    }

    private static ActorSums of(Map<String, ActorSums> actors, Meter meter) {
        return of(actors, tag(meter, "actor"));
    }

    private static ActorSums of(Map<String, ActorSums> actors, String actor) {
        return actors.computeIfAbsent(actor, name -> new ActorSums());
    }

    private static String tag(Meter meter, String key) {
        String value = meter.getId().getTag(key);
        return value == null ? "" : value;
    }

    /** Of all versions and methods of one actor, over all protocols. */
    private static final class ActorSums {

        private final Map<Outcome, Double> ended = new EnumMap<>(Outcome.class);
        private double withinSlo;
        private long[] latency = {};
        private long latencyCount;
        private double latencyMillis;

        void ended(String outcome, double count) {
            ended.merge(Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)), count, Double::sum);
        }

        /** All have the same buckets, since all are measured in one way. */
        void took(HistogramSnapshot durations) {
            CountAtBucket[] counts = durations.histogramCounts();
            if (durations.count() > 0 && counts.length > 0) {
                long[] all = new long[counts.length];
                for (int i = 0; i < counts.length; i++) {
                    all[i] = (long) counts[i].count();
                }
                took(all, durations.count(), durations.total(TimeUnit.MILLISECONDS));
            }
        }

        private void took(long[] counts, long count, double millis) {
            if (latency.length < counts.length) {
                latency = new long[counts.length];
            }
            for (int i = 0; i < counts.length; i++) {
                latency[i] += counts[i];
            }
            latencyCount += count;
            latencyMillis += millis;
        }

        void add(ActorSums other) {
            other.ended.forEach((outcome, count) -> ended.merge(outcome, count, Double::sum));
            withinSlo += other.withinSlo;
            took(other.latency, other.latencyCount, other.latencyMillis);
        }

        private long count(Outcome outcome) {
            return ended.getOrDefault(outcome, 0.0).longValue();
        }

        OfActor of(String actor) {
            List<Long> counts = new ArrayList<>();
            for (long count : latency) {
                counts.add(count);
            }
            return new OfActor(
                    actor,
                    count(Outcome.ANSWERED),
                    (long) withinSlo,
                    count(Outcome.SHED),
                    count(Outcome.FAILED),
                    count(Outcome.EXPIRED),
                    count(Outcome.CANCELLED),
                    counts,
                    latencyCount,
                    latencyMillis);
        }
    }
}
