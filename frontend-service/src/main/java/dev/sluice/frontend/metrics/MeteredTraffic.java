package dev.sluice.frontend.metrics;

import dev.sluice.common.error.ErrorCode.Outcome;
import dev.sluice.frontend.gateway.ActorVersion;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads back what is measured anyway: queries cost nothing more for this. */
public final class MeteredTraffic implements OwnTraffic {

    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterRegistry meters;

    public MeteredTraffic(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Sums now() {
        Map<ActorVersion, VersionSums> versions = new HashMap<>();
        for (Counter queries : meters.find("sluice.queries").counters()) {
            of(versions, queries).ended(tag(queries, "outcome"), queries.count());
        }
        for (Counter good : meters.find("sluice.queries.within.slo").counters()) {
            of(versions, good).withinSlo += good.count();
        }
        List<Double> bounds = new ArrayList<>();
        for (Timer duration : meters.find("sluice.query.duration").timers()) {
            of(versions, duration).took(duration.takeSnapshot(), bounds);
        }
        Gauge inFlight = meters.find("sluice.link.inflight").gauge();
        return new Sums(
                inFlight == null ? 0 : (long) inFlight.value(),
                bounds,
                versions.entrySet().stream()
                        .map(each -> each.getValue().of(each.getKey()))
                        .toList());
    }

    private static VersionSums of(Map<ActorVersion, VersionSums> versions, Meter meter) {
        ActorVersion version = new ActorVersion(tag(meter, "actor"), tag(meter, "version"));
        return versions.computeIfAbsent(version, first -> new VersionSums());
    }

    private static String tag(Meter meter, String key) {
        String value = meter.getId().getTag(key);
        return value == null ? "" : value;
    }

    /** Of all methods, over all protocols. */
    private static final class VersionSums {

        private final Map<Outcome, Double> ended = new EnumMap<>(Outcome.class);
        private double withinSlo;
        private long[] latency = {};
        private long latencyCount;
        private double latencyMillis;

        void ended(String outcome, double count) {
            ended.merge(Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)), count, Double::sum);
        }

        /** All have the same buckets, since all are measured in one way. */
        void took(HistogramSnapshot durations, List<Double> bounds) {
            CountAtBucket[] counts = durations.histogramCounts();
            if (bounds.isEmpty()) {
                for (CountAtBucket count : counts) {
                    bounds.add(count.bucket() / NANOS_PER_MILLI);
                }
            }
            if (durations.count() == 0 || counts.length != bounds.size()) {
                return;
            }
            if (latency.length == 0) {
                latency = new long[counts.length];
            }
            for (int i = 0; i < counts.length; i++) {
                latency[i] += (long) counts[i].count();
            }
            latencyCount += durations.count();
            latencyMillis += durations.total(TimeUnit.MILLISECONDS);
        }

        private long count(Outcome outcome) {
            return ended.getOrDefault(outcome, 0.0).longValue();
        }

        OfVersion of(ActorVersion version) {
            List<Long> counts = new ArrayList<>();
            for (long count : latency) {
                counts.add(count);
            }
            return new OfVersion(
                    version.actor(),
                    version.version(),
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
